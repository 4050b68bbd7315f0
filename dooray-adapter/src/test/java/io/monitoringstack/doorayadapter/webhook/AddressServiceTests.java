package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list as the server applies it: before the token, and by the address of the
 * connection on a platform that would have forwarded headers believed.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "webhook.allowed-addresses=192.0.2.0/24, fd00::/8", "webhook.bearer-token=S3CR3T",
				"spring.main.cloud-platform=kubernetes" })
class AddressServiceTests {

	@Value("${local.server.port}")
	private int port;

	@Test
	void believesNoForwardedHeader() throws Exception {
		HttpResponse<String> response = get("/api/channels");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("The address 127.0.0.1 is not in WEBHOOK_ALLOWED_ADDRESSES");
		assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
		assertThat(get("/actuator/prometheus").body())
			.contains("dooray_webhooks_rejected_total{reason=\"forbiddenAddress\"} 1.0");
	}

	private HttpResponse<String> get(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("X-Forwarded-For", "192.0.2.7")
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

}
