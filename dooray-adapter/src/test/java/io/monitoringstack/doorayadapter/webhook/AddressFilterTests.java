package io.monitoringstack.doorayadapter.webhook;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AddressFilterTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private AddressFilter filter = filter("10.0.0.0/8");

	@ParameterizedTest
	@ValueSource(strings = { "/webhook", "/webhook/critical", "/webhook/heartbeat", "/preview", "/preview/digest",
			"/test/critical", "/api/deliveries", "/api/channels", "/", "/actuator/../webhook", "/actuator/..;/webhook",
			"/actuator/%2e%2e/webhook" })
	void turnsAwayWhoIsNotListed(String path) throws Exception {
		MockHttpServletResponse response = call(path, "192.0.2.7");
		assertThat(response.getStatus()).isEqualTo(403);
		assertThat(response.getContentType()).isEqualTo("application/problem+json");
		assertThat(response.getContentAsString()).contains("urn:dooray-adapter:forbiddenAddress",
				"The address 192.0.2.7 is not in WEBHOOK_ALLOWED_ADDRESSES");
		assertThat(this.registry.get("dooray.webhooks.rejected").tag("reason", "forbiddenAddress").counter().count())
			.isEqualTo(1);
		assertThat(call(path, "10.9.8.7").getStatus()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/health/liveness", "/actuator/prometheus" })
	void healthAndMetricsAreForEverybody(String path) throws Exception {
		assertThat(call(path, "192.0.2.7").getStatus()).isEqualTo(200);
	}

	@Test
	void everybodyMayCallWhenNothingIsListed() throws Exception {
		this.filter = filter();
		assertThat(call("/webhook", "192.0.2.7").getStatus()).isEqualTo(200);
	}

	@Test
	void aStormOfStrangersIsOneLineInTheLog(CapturedOutput output) throws Exception {
		for (int i = 0; i < 5; i++) {
			call("/webhook", "192.0.2.7");
		}
		assertThat(output.getAll()).containsOnlyOnce("Turned away by WEBHOOK_ALLOWED_ADDRESSES: address=192.0.2.7");
	}

	private AddressFilter filter(String... allowed) {
		return new AddressFilter(AllowedAddresses.of(List.of(allowed)), new WebhookMetrics(this.registry));
	}

	private MockHttpServletResponse call(String path, String address) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
		request.setRemoteAddr(address);
		request.addHeader("X-Forwarded-For", "10.0.0.1");
		request.addHeader("Forwarded", "for=10.0.0.1");
		request.addHeader("X-Real-IP", "10.0.0.1");
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(request, response, new MockFilterChain());
		return response;
	}

}
