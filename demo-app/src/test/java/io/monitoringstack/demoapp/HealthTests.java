package io.monitoringstack.demoapp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@WholeService
class HealthTests {

	@Autowired
	private RestTestClient client;

	@Autowired
	private ApplicationContext context;

	@AfterEach
	void heal() {
		this.client.delete().uri("/chaos").exchange();
		AvailabilityChangeEvent.publish(this.context, LivenessState.CORRECT);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/health", "/health/", "/health/ready", "/health/ready/" })
	void healthAndReadinessLookAtDatabaseAndApplication(String path) {
		assertThat(body(path, 200)).matches("\\{\"status\":\"healthy\",\"timestamp\":\\d{10}\\.\\d{1,3},"
				+ "\"checks\":\\{\"database\":\\{\"status\":\"healthy\",\"message\":\"Database connection is working\"},"
				+ "\"application\":\\{\"status\":\"healthy\",\"message\":\"Application is running\"}}}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/health/live", "/health/live/" })
	void livenessLooksAtTheApplicationOnly(String path) {
		assertThat(body(path, 200)).matches("\\{\"status\":\"healthy\",\"timestamp\":\\d{10}\\.\\d{1,3},"
				+ "\"checks\":\\{\"application\":\\{\"status\":\"healthy\",\"message\":\"Application is running\"}}}");
	}

	@Test
	void aLostDatabaseMakesHealthAndReadinessUnhealthyButNotLiveness() {
		this.client.post().uri("/chaos/database").exchange().expectStatus().isOk();
		assertThat(body("/health/", 503)).contains("\"status\":\"unhealthy\"",
				"\"database\":{\"status\":\"unhealthy\",\"message\":\"Database connection failed\"}",
				"\"application\":{\"status\":\"healthy\"");
		body("/health/ready/", 503);
		body("/health/live/", 200);
		body("/actuator/health", 503);
		body("/actuator/health/readiness", 503);
		body("/actuator/health/liveness", 200);
		this.client.delete().uri("/chaos/database").exchange().expectStatus().isOk();
		body("/health/", 200);
		body("/actuator/health/readiness", 200);
	}

	@Test
	void aServiceThatTakesNoRequestsIsAliveButNotReady() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		assertThat(body("/health/ready/", 503)).contains("\"application\":{\"status\":\"unhealthy\"");
		body("/health/live/", 200);
	}

	@Test
	void aServiceThatCannotGoOnIsNotAlive() {
		AvailabilityChangeEvent.publish(this.context, LivenessState.BROKEN);
		assertThat(body("/health/live/", 503)).contains("\"status\":\"unhealthy\"");
		body("/health/", 503);
	}

	@Test
	void isNeverKeptByBrowsersOrProxies() {
		this.client.get().uri("/health/").exchange().expectHeader().valueEquals("Cache-Control", "no-store");
	}

	private String body(String path, int status) {
		var answer = this.client.get().uri(path).exchange();
		answer.expectStatus().isEqualTo(status);
		return String.valueOf(answer.returnResult(String.class).getResponseBody());
	}

}
