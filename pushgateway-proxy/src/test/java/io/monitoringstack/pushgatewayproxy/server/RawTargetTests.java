package io.monitoringstack.pushgatewayproxy.server;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RawTargetTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "/a/{b},/a/%7Bb%7D", "/a|b,/a%7Cb", "/a\"b,/a%22b", "/a#b,/a%23b",
			"/a\\b,/a%5Cb", "/a^b?c=[d],/a%5Eb?c=%5Bd%5D", "/\u00eb\u0080,/%EB%80" })
	void escapesWhatNoUriMayHold(String target, String escaped) {
		assertThat(RawTarget.escape(target)).isEqualTo(escaped);
	}

	@Test
	void leavesValidTargetsAsTheyAre() {
		for (String target : new String[] { "/", "/metrics/job/a%25b+c;d=e,f@base64/=", "/a?b=c&d=%7B", "*" }) {
			assertThat(RawTarget.escape(target)).isSameAs(target);
		}
	}

	@Test
	void makesEveryByteAValidUri() {
		for (char c = 1; c < 256; c++) {
			if (c != '%') {
				assertThat(URI.create("http://host" + RawTarget.escape("/a" + c + "b"))).isNotNull();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "/a%zz,2", "/a%2,2", "/a%,2", "/%41%4,4", "/a%25,-1", "/a,-1", "/%e2%9C%93,-1" })
	void findsBrokenEscapes(String target, int at) {
		assertThat(RawTarget.brokenEscape(target)).isEqualTo(at);
	}

}
