package io.monitoringstack.doorayadapter.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;

import org.springframework.util.unit.DataSize;

/**
 * Reads bodies as the service does.
 */
public final class TestBodies {

	private TestBodies() {
	}

	public static WebhookProperties properties() {
		return new WebhookProperties(null, null, List.of(), DataSize.ofMegabytes(32), 32, 40, Duration.ofSeconds(9));
	}

	public static WebhookMessage read(byte[] body) throws IOException, RejectedBodyException {
		return new WebhookReader(properties()).read(new ByteArrayInputStream(body));
	}

	public static WebhookMessage read(String body) throws IOException, RejectedBodyException {
		return read(body.getBytes(StandardCharsets.UTF_8));
	}

}
