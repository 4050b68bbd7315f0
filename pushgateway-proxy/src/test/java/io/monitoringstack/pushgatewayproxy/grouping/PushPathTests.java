package io.monitoringstack.pushgatewayproxy.grouping;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;

import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PushPathTests {

	private static final PathRules PUSH = new PathRules(false, false);

	private static final PathRules DELETE = new PathRules(false, true);

	@Test
	void readsJobAndLabels() {
		PushPath path = PushPath.parse("/metrics/job/backup/instance/db1/zone/eu", PUSH);
		assertThat(path.key().labels()).isEqualTo(Map.of("job", "backup", "instance", "db1", "zone", "eu"));
		assertThat(path.key().job()).isEqualTo("backup");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/metrics/job/x", "/metrics/job/x/", "/metrics/job/x/a/b", "/metrics/job/x/a/",
			"/metrics/job@base64/eA", "/metrics/job@base64/eA==", "/metrics/job%40base64/eA%3D%3D",
			"/metrics/job/x/l@base64/=", "/metrics/job/x/l%40base64/%3D", "/metrics/job/a%25b", "/metrics/job/a+b",
			"/metrics/job/a%20b", "/metrics/job/%ED%95%9C", "/metrics/job/a;b=c,d", "/metrics/job/x/p/%7B%7C%7D",
			"/metrics/job/x/p/...", "/metrics/job/x/l@base64/-_-_" })
	void sendsOnWhatItUnderstandsByteForByte(String path) {
		assertThat(PushPath.parse(path, new PathRules(false, true)).forwarded()).isEqualTo(path);
	}

	@ParameterizedTest
	@CsvSource({ "/metrics/job/x/l@base64/=,l,''", "/metrics/job/x/l@base64/YS9i,l,a/b",
			"/metrics/job/x/l@base64/YQ==,l,a", "/metrics/job/x/l@base64/Y%0AQ,l,a", "/metrics/job/x/l/a+b,l,a+b",
			"/metrics/job/x/l/a%2Bb,l,a+b", "/metrics/job/x/l/%EA%B0%80,l,가", "/metrics/job/x/l/,l,''",
			"/metrics/job/x/job/y,job,x", "/metrics/job/x/l/1/l/2,l,2" })
	void readsValuesAsPushgatewayDoes(String path, String label, String value) {
		assertThat(PushPath.parse(path, PUSH).key().labels()).containsEntry(label, value);
	}

	@ParameterizedTest
	@CsvSource({ "/metrics/job/a%2Fb,/metrics/job@base64/YS9i",
			"/metrics/job/x/path/%2Fvar%2Flog,/metrics/job/x/path@base64/L3Zhci9sb2c",
			"/metrics/job/x/a/b/path/x%2fy/c/d,/metrics/job/x/a/b/path@base64/eC95/c/d" })
	void rewritesAValueThatHoldsASlashToBase64(String path, String forwarded) {
		PushPath parsed = PushPath.parse(path, PUSH);
		assertThat(parsed.forwarded()).isEqualTo(forwarded);
		assertThat(PushPath.parse(forwarded, PUSH).key()).isEqualTo(parsed.key());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "/metrics/job/|job name is required",
			"/metrics/job@base64/=|job name is required", "/metrics/job//a/b|@base64/=",
			"/metrics/job/x/l1//l2/v|@base64/=", "/metrics/job/x//|@base64/=",
			"/metrics/job/x/a|odd number of components", "/metrics/job/x/a/b/|slash too many",
			"/metrics/job/x/instance/i1/zone|job=\"x\", instance=\"i1\"", "/metrics/job/x/__a/b|reserved",
			"/metrics/job/x/1a/b|improper label name \"1a\"", "/metrics/job/x/a-b/c|improper label name \"a-b\"",
			"/metrics/job/x/a%2Fb/c|improper label name \"a/b\"", "/metrics/job/x/@base64/YQ|improper label name",
			"/metrics/job/x/l@base64/a+b/|odd number", "/metrics/job/x/l@base64/ab%2Fc|URL-safe",
			"/metrics/job/x/l@base64/a|invalid base64", "/metrics/job/x/l@base64/YQ=Q|invalid base64",
			"/metrics/job/../y|relative path", "/metrics/job/x/l/%2e%2E|@base64/Li4", "/metrics/job/x/l/.|@base64/Lg",
			"/metrics/job/x/l/%FF|not valid UTF-8", "/metrics/job/x/l@base64/_w|not valid UTF-8" })
	void refusesWhatPushgatewayWouldMisread(String path, String hint) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> PushPath.parse(path, PUSH))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(400))
			.withMessageContaining(hint);
	}

	@Test
	void letsADeleteNameAnyBytes() {
		assertThat(PushPath.parse("/metrics/job/x/l/%FF", DELETE).forwarded()).isEqualTo("/metrics/job/x/l/%FF");
	}

	@Test
	void leavesNamesToPushgatewayWhenItTakesUtf8() {
		PathRules utf8 = new PathRules(true, false);
		assertThat(PushPath.parse("/metrics/job/x/U__a_2e_b/c", utf8).key().labels()).containsEntry("U__a_2e_b", "c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/metrics", "/metrics/", "/metrics/job", "/metrics/jobs/x", "/metrics//job/x",
			"//metrics/job/x", "/%6Detrics/job/x", "/metrics/job%2Fx", "/Metrics/job/x", "/api/v1/admin/wipe" })
	void takesOnlyOneSpellingForTheAddressOfAGroup(String path) {
		assertThat(PushPath.isGroupAddress(path)).isFalse();
	}

	@Test
	void readsBackEveryValueThatWasWrittenInBase64() {
		Random random = new Random(7);
		for (int i = 0; i < 2000; i++) {
			String value = random.ints(random.nextInt(12), 0, 0x3000)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
			String encoded = value.isEmpty() ? "="
					: Base64.getUrlEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
			PushPath path = PushPath.parse("/metrics/job/x/l@base64/" + encoded, PUSH);
			assertThat(path.key().labels()).containsEntry("l", value);
		}
	}

	@Test
	void refusesOrReadsEveryPath() {
		Random random = new Random(11);
		String[] parts = { "a", "/", "//", "%2F", "%", "%25", "job", "@base64", "=", ".", "..", "+", "%FF", "__", "é" };
		for (int i = 0; i < 20_000; i++) {
			StringBuilder path = new StringBuilder("/metrics/job/");
			for (int j = random.nextInt(8); j > 0; j--) {
				path.append(parts[random.nextInt(parts.length)]);
			}
			String text = path.toString().replaceAll("%(?![0-9A-F]{2})", "");
			try {
				PushPath parsed = PushPath.parse(text, PUSH);
				assertThat(PushPath.parse(parsed.forwarded(), PUSH).key()).isEqualTo(parsed.key());
			}
			catch (RefusedException ex) {
				assertThat(ex.refusal().text()).isNotBlank().doesNotContain("\n");
			}
		}
	}

}
