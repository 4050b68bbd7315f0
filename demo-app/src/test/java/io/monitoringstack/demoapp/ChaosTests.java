package io.monitoringstack.demoapp;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@WholeService
class ChaosTests {

	private static final List<String> UNTOUCHED = List.of("/health/", "/health/live/", "/metrics", "/chaos",
			"/actuator/health");

	@Autowired
	private RestTestClient client;

	@AfterEach
	void heal() {
		this.client.delete().uri("/chaos").exchange();
	}

	@ParameterizedTest
	@ValueSource(strings = { "errors", "latency", "cpu", "memory", "database" })
	void eachSwitchGoesOnAndOff(String name) {
		start(name, "").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.name")
			.isEqualTo(name)
			.jsonPath("$.active")
			.isEqualTo(true)
			.jsonPath("$.remainingSeconds")
			.value(Integer.class, (seconds) -> assertThat(seconds).isBetween(590, 600));
		this.client.delete()
			.uri("/chaos/" + name)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.active")
			.isEqualTo(false);
	}

	@Test
	void unknownSwitchesAre404AndNameTheFive() {
		for (ResponseSpec answer : List.of(start("disk", ""), this.client.delete().uri("/chaos/disk").exchange())) {
			answer.expectStatus()
				.isNotFound()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("No such switch; the switches are errors, latency, cpu, memory, database");
		}
	}

	@Test
	void wrongParametersAre400() {
		start("errors", "?rate=7").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'rate' must be between 0 and 1");
	}

	@Test
	void parametersComeAsFormOrJsonToo() {
		this.client.post()
			.uri("/chaos/latency")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body("millis=7")
			.exchange()
			.expectBody()
			.jsonPath("$.parameters.millis")
			.isEqualTo(7.0);
		this.client.post()
			.uri("/chaos/latency")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("millis", 8, "duration", "2m"))
			.exchange()
			.expectBody()
			.jsonPath("$.parameters.millis")
			.isEqualTo(8.0)
			.jsonPath("$.remainingSeconds")
			.isEqualTo(120);
	}

	@Test
	void anEmptyJsonBodyTakesTheDefaults() {
		this.client.post()
			.uri("/chaos/errors")
			.contentType(MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.parameters.rate")
			.isEqualTo(0.5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "5" })
	void aBodyThatIsNoObjectIs400AndSaysHowItLooks(String body) {
		this.client.post()
			.uri("/chaos/errors")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:demo-app:invalid-chaos")
			.jsonPath("$.detail")
			.isEqualTo("The body must be a JSON object such as {\"duration\": \"5m\"}, or empty");
	}

	@Test
	void errorsFailApiRequestsAndAreCounted() {
		start("errors", "?rate=1");
		this.client.get()
			.uri("/api/memos")
			.exchange()
			.expectStatus()
			.isEqualTo(500)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:demo-app:chaos");
		expectUntouched();
		await().untilAsserted(() -> assertThat(metrics())
			.contains("http_requests_total{method=\"GET\",route=\"/api/memos\",status_code=\"500\"}"));
	}

	@Test
	void errorsLeaveTheOtherShareOfRequestsAlone() {
		start("errors", "?rate=0");
		this.client.get().uri("/api/memos").exchange().expectStatus().isOk();
	}

	@Test
	void latencyDelaysApiRequestsAndNothingElse() {
		start("latency", "?millis=1500");
		assertThat(took("/api/memos")).isGreaterThan(Duration.ofMillis(1_450));
		for (String path : UNTOUCHED) {
			assertThat(took(path)).as(path).isLessThan(Duration.ofMillis(1_400));
		}
		await().untilAsserted(() -> assertThat(metrics()).containsPattern(
				"http_request_duration_seconds_bucket\\{method=\"GET\",route=\"/api/memos\",status_code=\"200\",le=\"2.0\"} [1-9]"));
	}

	@Test
	void aLostDatabaseIs503WithTheAdviceToComeBackLater() {
		start("database", "");
		this.client.get()
			.uri("/api/memos")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.valueEquals("Retry-After", "5")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:demo-app:database-unavailable");
		this.client.get().uri("/health/").exchange().expectStatus().isEqualTo(503);
		this.client.delete().uri("/chaos/database").exchange();
		this.client.get().uri("/api/memos").exchange().expectStatus().isOk();
	}

	@Test
	void memoryIsHeldAndGivenBack() {
		start("memory", "?megabytes=20").expectBody()
			.jsonPath("$.figures.heldMegabytes")
			.isEqualTo(20)
			.jsonPath("$.active")
			.isEqualTo(true);
		expectUntouched();
		this.client.delete().uri("/chaos/memory").exchange().expectBody().jsonPath("$.figures").isEmpty();
	}

	@Test
	void aForgottenSwitchHealsByItself() {
		start("errors", "?rate=1&duration=1s");
		await().atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> this.client.get().uri("/api/memos").exchange().expectStatus().isOk());
	}

	@Test
	void everySwitchTellsItsParametersAndItsAlert() {
		this.client.get()
			.uri("/chaos")
			.exchange()
			.expectBody()
			.jsonPath("$[*].name")
			.isEqualTo(List.of("errors", "latency", "cpu", "memory", "database"))
			.jsonPath("$[*].alert")
			.isEqualTo(List.of("HighErrorRate", "HighResponseTime", "ApplicationHighCPU", "ApplicationHighMemory",
					"HighErrorRate"))
			.jsonPath("$[0].accepts[0].default")
			.isEqualTo(0.5);
	}

	private ResponseSpec start(String name, String query) {
		return this.client.post().uri("/chaos/" + name + query).exchange();
	}

	private void expectUntouched() {
		UNTOUCHED.forEach((path) -> this.client.get().uri(path).exchange().expectStatus().isOk());
	}

	private Duration took(String path) {
		long start = System.nanoTime();
		this.client.get().uri(path).exchange().expectStatus().isOk();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private String metrics() {
		return String
			.valueOf(this.client.get().uri("/metrics").exchange().returnResult(String.class).getResponseBody());
	}

}
