package io.monitoringstack.pushgatewayproxy.exposition;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ProtobufCheckTests {

	private static final ContentRules RULES = new ContentRules(Set.of("job"), false, 5);

	@Test
	void countsSeries() {
		assertThat(check(ProtobufBodies.delimited(
				ProtobufBodies.family("a", ProtobufBodies.GAUGE, ProtobufBodies.gauge(1),
						ProtobufBodies.gauge(2, "x", "y")),
				ProtobufBodies.family("b", ProtobufBodies.COUNTER, ProtobufBodies.counter(3))))
			.series()).isEqualTo(3);
	}

	@Test
	void acceptsAnEmptyBodyAndAnEmptyFamily() {
		assertThat(check(new byte[0]).series()).isZero();
		assertThat(check(ProtobufBodies.delimited(ProtobufBodies.family("a", ProtobufBodies.GAUGE))).series()).isZero();
	}

	@Test
	void refusesABodyThatEndsInTheMiddle() {
		byte[] whole = ProtobufBodies
			.delimited(ProtobufBodies.family("a", ProtobufBodies.GAUGE, ProtobufBodies.gauge(1, "x", "y")));
		for (int length = 1; length < whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);
			assertThat(refused(cut).reason()).isEqualTo(Reason.SYNTAX);
		}
	}

	@Test
	void refusesAMessageThatAnnouncesMoreThanThereIs() {
		assertThat(refused(new byte[] { (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f }).text())
			.contains("announces 4294967295 bytes");
	}

	@Test
	void refusesTimestamps() {
		byte[] body = ProtobufBodies.delimited(ProtobufBodies.family("a", ProtobufBodies.GAUGE,
				ProtobufBodies.withTimestamp(ProtobufBodies.gauge(1))));
		assertThat(refused(body).reason()).isEqualTo(Reason.TIMESTAMP);
	}

	@Test
	void refusesAMetricOfAnotherTypeThanItsFamily() {
		byte[] body = ProtobufBodies
			.delimited(ProtobufBodies.family("a", ProtobufBodies.COUNTER, ProtobufBodies.gauge(1)));
		assertThat(refused(body).text()).contains("not a COUNTER");
	}

	@Test
	void refusesAMetricOfAnotherTypeAmongFamiliesThatAreInOrder() {
		byte[] body = ProtobufBodies.delimited(
				ProtobufBodies.family("y_count", ProtobufBodies.GAUGE, ProtobufBodies.gauge(1, "l", "1")),
				ProtobufBodies.family("x_count", ProtobufBodies.COUNTER, ProtobufBodies.counter(1),
						ProtobufBodies.gauge(1, "m", "i")));
		ContentRules complete = new ContentRules(Set.of("job"), false, 5, ContentRules.Scope.COMPLETE);
		RefusedException refused = catchThrowableOfType(RefusedException.class,
				() -> ContentCheck.check(ContentKind.PROTOBUF, body, body.length, complete));
		assertThat(refused.refusal().text()).isEqualTo("Metric x_count has a metric that is not a COUNTER.");
		assertThat(refused.refusal().reason()).isEqualTo(Reason.CONFLICT);
	}

	@Test
	void refusesTheSameSeriesTwice() {
		byte[] body = ProtobufBodies.delimited(ProtobufBodies.family("a", ProtobufBodies.GAUGE,
				ProtobufBodies.gauge(1, "job", "x"), ProtobufBodies.gauge(1, "job", "y")));
		assertThat(refused(body).reason()).isEqualTo(Reason.DUPLICATE);
		assertThat(refused(body).text()).contains("labels of the path overwrite");
	}

	@Test
	void keepsTheLaterOfTwoFamiliesWithOneName() {
		byte[] wrong = ProtobufBodies.family("a", ProtobufBodies.COUNTER, ProtobufBodies.gauge(1));
		byte[] right = ProtobufBodies.family("a", ProtobufBodies.GAUGE, ProtobufBodies.gauge(1));
		assertThat(check(ProtobufBodies.delimited(wrong, right)).series()).isEqualTo(1);
		assertThat(refused(ProtobufBodies.delimited(right, wrong)).reason()).isEqualTo(Reason.CONFLICT);
	}

	@Test
	void refusesLabelNamesThatAreReservedOrTwice() {
		assertThat(refused(gauge("__a", "1")).text()).contains("invalid name");
		assertThat(refused(gauge("a", "1", "a", "2")).text()).contains("same name");
		assertThat(refused(gauge("", "1")).text()).contains("invalid name");
	}

	@Test
	void refusesMoreSeriesThanAllowed() {
		byte[][] metrics = new byte[6][];
		for (int i = 0; i < metrics.length; i++) {
			metrics[i] = ProtobufBodies.gauge(i, "n", "" + i);
		}
		byte[] body = ProtobufBodies.delimited(ProtobufBodies.family("a", ProtobufBodies.GAUGE, metrics));
		assertThat(refused(body).status()).isEqualTo(413);
	}

	@Test
	void skipsUnknownFieldsAndGroups() {
		ByteArrayOutputStream family = new ByteArrayOutputStream();
		family.writeBytes(ProtobufBodies.family("a", ProtobufBodies.GAUGE, ProtobufBodies.gauge(1)));
		family.writeBytes(new byte[] { (99 & 15) << 3 | 3, 8, 1, (99 & 15) << 3 | 4 });
		ProtobufBodies.bytes(family, 77, new byte[] { 1, 2, 3 });
		assertThat(check(ProtobufBodies.delimited(family.toByteArray())).series()).isEqualTo(1);
	}

	@Test
	void readsTheContentTypeAsPushgatewayDoes() {
		assertThat(ContentKind.of(ContentKind.PROTOBUF_TYPE)).isEqualTo(ContentKind.PROTOBUF);
		assertThat(ContentKind
			.of("Application/vnd.google.protobuf;Encoding=\"delimited\";proto=io.prometheus.client.MetricFamily;escaping=x"))
			.isEqualTo(ContentKind.PROTOBUF);
		assertThat(ContentKind.of("application/vnd.google.protobuf")).isEqualTo(ContentKind.TEXT);
		assertThat(ContentKind.of("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily"))
			.isEqualTo(ContentKind.TEXT);
		assertThat(ContentKind.of(null)).isEqualTo(ContentKind.TEXT);
		assertThat(ContentKind.of("application/json; x")).isEqualTo(ContentKind.TEXT);
	}

	private static byte[] gauge(String... labels) {
		return ProtobufBodies
			.delimited(ProtobufBodies.family("a", ProtobufBodies.GAUGE, ProtobufBodies.gauge(1, labels)));
	}

	private static PushContent check(byte[] body) {
		return ContentCheck.check(ContentKind.PROTOBUF, body, body.length, RULES);
	}

	private static Refusal refused(byte[] body) {
		RefusedException refused = catchThrowableOfType(RefusedException.class, () -> check(body));
		assertThat(refused).isNotNull();
		return refused.refusal();
	}

}
