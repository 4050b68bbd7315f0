package io.monitoringstack.doorayadapter.privacy;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PrivacyFilterTests {

	private static final List<String> ALL = List.of("rrn", "card", "phone", "email");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			고객 900101-1234567 조회 실패        | 고객 ******-******* 조회 실패         | rrn
			주민번호 020229-3123456.            | 주민번호 020229-3123456.             | none
			주민번호 040229-3123456.            | 주민번호 ******-*******.             | rrn
			rrn=9001011234568                   | rrn=******-*******                   | rrn
			rrn=9001011234567                   | rrn=9001011234567                    | none
			카드 4111-1111-1111-1111 거절        | 카드 ****-****-****-1111 거절         | card
			card 4111111111111111, 5 times      | card ****-****-****-1111, 5 times    | card
			card 4111 1111 1111 1112            | card 4111 1111 1111 1112             | none
			amex 3782-822463-10005              | amex ****-****-****-0005             | card
			전화 010-1234-5678로                | 전화 ***-****-****로                 | phone
			tel 01012345678                     | tel ***-****-****                    | phone
			tel +82-10-1234-5678                | tel ***-****-****                    | phone
			대표 02-123-4567, 1588-1234          | 대표 ***-****-****, 1588-1234         | phone
			mail kim.minji+ops@example.co.kr.   | mail ***@***.                        | email
			""")
	void hidesWhatTellsOfAPerson(String text, String expected, String kind) {
		assertThat(filtered(ALL, "note", text)).isEqualTo(expected);
		for (String each : ALL) {
			assertThat(count(each)).as(each).isEqualTo(each.equals(kind) ? 1 : 0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7", "at 1763726400000",
			"at 1763726400000000000 ns", "at 1763726400.123", "2026-11-21T12:00:00.123Z", "2026-11-21 12:00:00",
			"v4.11.1-1.1111", "10.10.123.45:9090", "192.168.0.101:65535", "2001:db8::1234:5678", "uid 1000:1000",
			"commit 4111111111111111aabbccdd", "build 20261121-1234567", "pod api-6b7f9c5d4-1a2b3",
			"order 1234567890123456789", "id 550e8400-e29b-41d4-a716-446655440000", "getty@tty1.service failed",
			"clone git@github.com:org/repo", "image app@sha256:4111111111111111", "p99 0.010123456",
			"bytes 4111111111111112", "0000 0000 0000 0000", "00000000000000", "exit 010", "10.0.0.0/16", "port 01012",
			"http://h.example.com/010-1234-5678", "latency 900101-1 ms", "user@host" })
	void leavesWhatOnlyLooksLikeIt(String text) {
		assertThat(filtered(ALL, "note", text)).isEqualTo(text);
		assertThat(ALL).allSatisfy((kind) -> assertThat(count(kind)).isZero());
	}

	@Test
	void leavesTheNamesByWhichThingsAreFound() {
		String text = "900101-1234567";
		for (String name : List.of("alertname", "instance", "pod", "severity", "runbook_url")) {
			assertThat(filtered(ALL, name, text)).as(name).isEqualTo(text);
		}
	}

	@Test
	void hidesRegistrationAndCardNumbersUnlessToldOtherwise() {
		String text = "900101-1234567 4111-1111-1111-1111 010-1234-5678 a@example.com";
		assertThat(filtered(List.of(""), "note", text))
			.isEqualTo("******-******* ****-****-****-1111 010-1234-5678 a@example.com");
		assertThat(filtered(List.of("none"), "note", text)).isEqualTo(text);
		assertThat(filtered(List.of("Email, phone"), "note", text))
			.isEqualTo("900101-1234567 4111-1111-1111-1111 ***-****-**** ***@***");
	}

	@Test
	void namesTheKindsThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> filtered(List.of("names"), "note", ""))
			.withMessage("DOORAY_MASK_PERSONAL_DATA takes rrn, card, phone, email and none, separated by commas.");
	}

	@Test
	void looksThroughALongTextQuickly() {
		String text = "a".repeat(8000) + " " + "1".repeat(8000) + " " + "a.".repeat(4000);
		long start = System.nanoTime();
		assertThat(filtered(ALL, "note", text)).isEqualTo(text);
		assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
	}

	@Test
	void anAddressOfThousandsOfPartsFitsTheStack() {
		String text = "a@" + "b.".repeat(4000) + "1";
		assertThat(filtered(ALL, "note", text)).isEqualTo(text);
	}

	private double count(String kind) {
		return this.registry.get("dooray.personal.data.masked").tag("kind", kind).counter().count();
	}

	// Filters the text as a label, an annotation and a label of the group, which have to
	// come out the same, and counts one of them only.
	private String filtered(List<String> kinds, String name, String text) {
		PrivacyFilter filter = new PrivacyFilter(new PrivacyProperties(kinds), new SimpleMeterRegistry());
		Map<String, String> texts = Map.of(name, text);
		WebhookMessage all = filter.filter(message(texts, texts, texts));
		assertThat(all.alerts().get(0).labels()).isEqualTo(all.alerts().get(0).annotations())
			.isEqualTo(all.group().commonLabels());
		new PrivacyFilter(new PrivacyProperties(kinds), this.registry).filter(message(texts, Map.of(), Map.of()));
		return all.alerts().get(0).label(name);
	}

	private static WebhookMessage message(Map<String, String> labels, Map<String, String> annotations,
			Map<String, String> common) {
		Alert alert = new Alert(AlertStatus.FIRING, labels, annotations, null, null, "", "f", Alert.GrafanaExtras.NONE);
		Tally tally = new Tally();
		tally.add(alert);
		return new WebhookMessage(WebhookMessage.Group.of("k", "r", Map.of(), common, Map.of(), Map.of(), ""),
				AlertStatus.FIRING, NotificationReason.UNKNOWN, 0, List.of(alert), tally, false);
	}

}
