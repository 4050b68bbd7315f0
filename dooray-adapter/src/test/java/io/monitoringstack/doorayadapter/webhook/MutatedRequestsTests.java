package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends damaged and odd bodies to the running service.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "dooray.min-interval=0", "adapter.duplicate-window=0" })
@ExtendWith(OutputCaptureExtension.class)
class MutatedRequestsTests {

	private static final int BODIES = 300;

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	@Value("${local.server.port}")
	private int port;

	@DynamicPropertySource
	static void hooks(DynamicPropertyRegistry registry) {
		registry.add("DOORAY_HOOK_URL", () -> dooray.hook("/services/1/2/" + RandomWebhooks.SECRET));
		registry.add("dooray.allowed-hosts", dooray::host);
	}

	@AfterAll
	static void close() {
		dooray.close();
	}

	@Test
	void damagedBodiesAreToldOrRefusedForGoodAndOddOnesAreTold(CapturedOutput output) throws Exception {
		MutatedBodies mutated = new MutatedBodies(new Random(11));
		int told = 0;
		for (int i = 0; i < BODIES; i++) {
			byte[] body = mutated.next();
			Optional<RejectedBodyException.Kind> never = MutatedBodies.neverReadable(body);
			HttpResponse<String> answer = send(body);
			boolean tolerated = MutatedBodies.mayBeClipped(body) && answer.statusCode() == 200;
			if (never.isEmpty() || tolerated) {
				assertThat(answer.statusCode()).as("body %d: %s", i, answer.body()).isEqualTo(200);
				told++;
			}
			else {
				assertThat(answer.statusCode()).as("body %d: %s", i, answer.body()).isEqualTo(400);
				assertThat(answer.body()).contains("urn:dooray-adapter:" + never.get().label());
			}
			assertThat(answer.body()).doesNotContain(RandomWebhooks.SECRET);
		}
		RandomWebhooks odd = new RandomWebhooks(new Random(12));
		for (int i = 0; i < BODIES / 3; i++, told++) {
			HttpResponse<String> answer = send(odd.next());
			assertThat(answer.statusCode()).as("odd body %d: %s", i, answer.body()).isEqualTo(200);
		}
		assertThat(dooray.posts()).hasSize(told);
		assertThat(dooray.posts()).allSatisfy((post) -> {
			assertThat(post.body().getBytes().length).isLessThanOrEqualTo(MessagePromises.LIMITS.messageBytes());
			assertThat(post.body()).doesNotContain(RandomWebhooks.SECRET);
		});
		assertThat(output.getAll()).doesNotContain(RandomWebhooks.SECRET);
	}

	private HttpResponse<String> send(byte[] body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/webhook"))
			.timeout(Duration.ofSeconds(60))
			.POST(HttpRequest.BodyPublishers.ofByteArray(body))
			.build();
		return client.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
