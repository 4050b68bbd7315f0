package io.monitoringstack.doorayadapter.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebhookReaderTests {

	@Test
	void readsTheFieldsOfTheNewestAlertmanager() throws Exception {
		WebhookMessage message = TestBodies.read("""
				{"receiver":"ops\\\\.team","status":"firing","notification_reason":"new alerts added",
				"alerts":[{"status":"firing","labels":{"a":"1"},"annotations":{"b":"2"},
				"startsAt":"2026-11-21T12:00:00.5+09:00","endsAt":"0001-01-01T00:00:00Z",
				"generatorURL":"http://p/graph","fingerprint":"ff"}],
				"groupLabels":{"g":"1"},"commonLabels":{"c":"1"},"commonAnnotations":{},"routeLabels":{"channel":"db"},
				"externalURL":"http://am","version":"4","groupKey":"{}:{}","truncatedAlerts":3}""");
		assertThat(message.group().receiver()).isEqualTo("ops.team");
		assertThat(message.group().escapedReceiver()).isEqualTo("ops\\.team");
		assertThat(message.group().routeLabels()).containsEntry("channel", "db");
		assertThat(message.reason()).isEqualTo(NotificationReason.ADDED);
		assertThat(message.truncatedAlerts()).isEqualTo(3);
		Alert alert = message.alerts().get(0);
		assertThat(alert.startsAt()).isEqualTo(Instant.parse("2026-11-21T03:00:00.5Z"));
		assertThat(alert.endsAt()).isNull();
		assertThat(alert.labels()).containsEntry("a", "1");
	}

	@ParameterizedTest
	@CsvSource({ "a\\.b,a.b", "a-b,a-b", "'a\\\\b',a\\b", "\\(x\\|y\\)\\*,(x|y)*", "a\\db,a\\db" })
	void takesTheEscapesOutOfTheReceiver(String sent, String receiver) throws Exception {
		WebhookMessage message = TestBodies.read("{\"receiver\":\"" + sent.replace("\\", "\\\\") + "\"}");
		assertThat(message.group().receiver()).isEqualTo(receiver);
	}

	@Test
	void keepsTheMostImportantAlertsAndCountsAll() throws Exception {
		StringBuilder alerts = new StringBuilder();
		for (int i = 0; i < 500; i++) {
			alerts.append(
					"{\"status\":\"%s\",\"labels\":{\"severity\":\"%s\",\"instance\":\"h%d\"},\"startsAt\":\"2026-11-21T%02d:00:00Z\"},"
						.formatted((i % 2 == 0) ? "firing" : "resolved", (i == 400) ? "critical" : "warning", i,
								i % 24));
		}
		WebhookMessage message = TestBodies.read("{\"alerts\":[" + alerts + "null]}");
		assertThat(message.tally().count(AlertStatus.FIRING)).isEqualTo(250);
		assertThat(message.tally().count(AlertStatus.RESOLVED)).isEqualTo(250);
		assertThat(message.tally().unreadable()).isOne();
		assertThat(message.alerts()).hasSize(40).allMatch(Alert::firing);
		assertThat(message.alerts().get(0).label("instance")).isEqualTo("h400");
		assertThat(message.alerts().get(1).startsAt()).isEqualTo(Instant.parse("2026-11-21T22:00:00Z"));
		assertThat(message.severity()).isEqualTo(Severity.CRITICAL);
	}

	@Test
	void tellsWhatItReadOfABodyOverTheLimit() throws Exception {
		WebhookProperties small = new WebhookProperties(null, null, List.of(), DataSize.ofBytes(1000), 1, 40,
				Duration.ofSeconds(9));
		String alert = "{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\",\"severity\":\"critical\"}},";
		InputStream body = new ByteArrayInputStream(
				("{\"receiver\":\"r\",\"alerts\":[" + alert.repeat(1000)).getBytes());
		WebhookMessage message = new WebhookReader(small).read(body);
		assertThat(message.cutShort()).isTrue();
		assertThat(message.tally().total()).isBetween(10, 15);
		assertThat(message.group().receiver()).isEqualTo("r");
		assertThat(body.read()).as("read to the end, so that the sender sees the answer").isEqualTo(-1);
	}

	@Test
	void aBodyOfExactlyTheLimitIsNotCut() throws Exception {
		String body = "{\"receiver\":\"r\",\"alerts\":[]}";
		WebhookProperties exact = new WebhookProperties(null, null, List.of(), DataSize.ofBytes(body.length()), 1, 40,
				Duration.ofSeconds(9));
		assertThat(new WebhookReader(exact).read(new ByteArrayInputStream(body.getBytes())).cutShort()).isFalse();
	}

	@Test
	void clipsAStringOfManyMegabytesWhileItIsRead() throws Exception {
		String huge = "값\\n\\u00e9\\\"".repeat(1_000_000);
		WebhookMessage message = TestBodies
			.read("{\"alerts\":[{\"labels\":{\"alertname\":\"A\"},\"annotations\":{\"description\":\"" + huge
					+ "\",\"summary\":\"behind\"}}],\"receiver\":\"r\"}");
		Alert alert = message.alerts().get(0);
		assertThat(alert.annotation("description")).startsWith("값\né\"값")
			.hasSizeLessThanOrEqualTo(BodyReader.MAX_STRING + 1);
		assertThat(alert.annotation("summary")).isEqualTo("behind");
		assertThat(message.group().receiver()).isEqualTo("r");
	}

	@Test
	void manyLargeLabelsDoNotCrowdOutWhatIsNeeded() throws Exception {
		StringBuilder labels = new StringBuilder();
		for (int i = 0; i < 500; i++) {
			labels.append("\"a").append(i).append("\":\"").append("x".repeat(1000)).append("\",");
		}
		Alert alert = TestBodies.read("{\"alerts\":[{\"labels\":{" + labels + "\"severity\":\"critical\"}}]}")
			.alerts()
			.get(0);
		assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
		assertThat(alert.labels()).hasSizeLessThan(40);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\uFEFF{\"receiver\":\"r\"}", "  \n{\"receiver\":\"r\"}", "{\"receiver\":\"r\"} trailing" })
	void toleratesWhatSurroundsTheObject(String body) throws Exception {
		assertThat(TestBodies.read(body).group().receiver()).isEqualTo("r");
	}

	@Test
	void bytesThatAreNotUtf8DoNotSinkTheMessage() throws Exception {
		byte[] body = "{\"receiver\":\"r?\"}".getBytes();
		body[14] = (byte) 0xFF;
		assertThat(TestBodies.read(body).group().receiver()).isEqualTo("r\uFFFD");
	}

	@Test
	void aBrokenConnectionIsNotABadBody() {
		InputStream broken = new InputStream() {
			@Override
			public int read() throws IOException {
				throw new IOException("reset");
			}
		};
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new WebhookReader(TestBodies.properties()).read(broken));
	}

}
