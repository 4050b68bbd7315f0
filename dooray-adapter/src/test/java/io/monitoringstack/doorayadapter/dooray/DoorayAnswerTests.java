package io.monitoringstack.doorayadapter.dooray;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DoorayAnswerTests {

	private final DoorayAnswer answer = new DoorayAnswer(
			Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "ok", "<html>busy</html>", "null", "[]", "{}", "{\"header\":null}",
			"{\"header\":[", "{\"header\":{\"isSuccessful\":true,\"resultCode\":0}}",
			"{\"header\":{\"isSuccessful\":\"false\"}}", "{\"isSuccessful\":false}",
			"{\"result\":{\"isSuccessful\":false},\"header\":{}}", "{\"header\":{\"isSuccessful\":tr" })
	void any2xxThatDoesNotSayNoIsAccepted(String body) {
		assertThat(judge(200, body)).isEqualTo(new Outcome.Accepted());
		assertThat(judge(204, body)).isEqualTo(new Outcome.Accepted());
	}

	@ParameterizedTest
	@CsvSource({ "-10,CLIENT_ERROR", "400,CLIENT_ERROR", "'\"400\"',CLIENT_ERROR", "'\"x\"',CLIENT_ERROR",
			"401,AUTH_ERROR", "'\"404\"',AUTH_ERROR", "429,RATE_LIMITED", "500,SERVER_ERROR", "503,SERVER_ERROR",
			"null,CLIENT_ERROR" })
	void aBodyThatSaysNoIsSortedByItsCode(String code, FailureReason reason) {
		String body = "{\"result\":null,\"header\":{\"resultCode\":%s,\"isSuccessful\":false,\"resultMessage\":\"x"
			.formatted(code);
		assertThat(judge(200, body + "\"}}")).isEqualTo(new Outcome.Failed(reason, Duration.ZERO));
		assertThat(judge(200, body)).as("cut off").isEqualTo(new Outcome.Failed(reason, Duration.ZERO));
	}

	@ParameterizedTest
	@CsvSource({ "301,REDIRECT", "302,REDIRECT", "400,CLIENT_ERROR", "401,AUTH_ERROR", "403,AUTH_ERROR",
			"404,AUTH_ERROR", "410,AUTH_ERROR", "413,CLIENT_ERROR", "415,CLIENT_ERROR", "429,RATE_LIMITED",
			"500,SERVER_ERROR", "502,SERVER_ERROR", "503,SERVER_ERROR", "408,SERVER_ERROR", "407,CONNECT_ERROR" })
	void otherStatusesAreSortedByKind(int status, FailureReason reason) {
		assertThat(judge(status, "{\"header\":{\"isSuccessful\":true}}"))
			.isEqualTo(new Outcome.Failed(reason, Duration.ZERO));
	}

	@ParameterizedTest
	@CsvSource({ "5,5", "'Sat, 21 Nov 2026 12:00:07 GMT',7", "'Sat, 21 Nov 2026 11:00:00 GMT',0", "soon,0", "-3,0",
			"99999,60" })
	void readsHowLongToRest(String retryAfter, long seconds) {
		assertThat(this.answer.judge(429, retryAfter, new byte[0]))
			.isEqualTo(new Outcome.Failed(FailureReason.RATE_LIMITED, Duration.ofSeconds(seconds)));
	}

	@Test
	void doesNotRestAfterARefusalThatIsFinal() {
		assertThat(this.answer.judge(404, "5", new byte[0]))
			.isEqualTo(new Outcome.Failed(FailureReason.AUTH_ERROR, Duration.ZERO));
	}

	private Outcome judge(int status, String body) {
		return this.answer.judge(status, "", body.getBytes(StandardCharsets.UTF_8));
	}

}
