package io.monitoringstack.doorayadapter.webhook;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Counts what comes in. Names of receivers are the sender's choice, so only their kind
 * becomes a tag.
 */
@Profile("!watcher")
@Component
class WebhookMetrics {

	private static final List<String> RECEIVER_KINDS = List.of("critical", "warning", "other");

	private static final String UNAUTHORIZED = "unauthorized";

	private static final String FORBIDDEN_ADDRESS = "forbiddenAddress";

	private final MeterRegistry registry;

	WebhookMetrics(MeterRegistry registry) {
		this.registry = registry;
		for (String kind : RECEIVER_KINDS) {
			for (AlertStatus status : AlertStatus.values()) {
				received(kind, status, 0);
			}
		}
		Stream.of(RejectedBodyException.Kind.values()).forEach((kind) -> rejected(kind.label(), 0));
		Stream.of(NotAdmittedException.Kind.values()).forEach((kind) -> rejected(kind.label(), 0));
		rejected(UNAUTHORIZED, 0);
		rejected(FORBIDDEN_ADDRESS, 0);
	}

	void received(WebhookMessage message) {
		String receiver = message.group().receiver().toLowerCase(Locale.ROOT);
		String kind = RECEIVER_KINDS.stream().filter(receiver::contains).findFirst().orElse("other");
		received(kind, message.status(), 1);
	}

	void rejected(RejectedBodyException.Kind kind) {
		rejected(kind.label(), 1);
	}

	void rejected(NotAdmittedException.Kind kind) {
		rejected(kind.label(), 1);
	}

	void unauthorized() {
		rejected(UNAUTHORIZED, 1);
	}

	void forbiddenAddress() {
		rejected(FORBIDDEN_ADDRESS, 1);
	}

	private void received(String kind, AlertStatus status, int times) {
		this.registry
			.counter("dooray.webhooks.received", "receiver", kind, "status", status.name().toLowerCase(Locale.ROOT))
			.increment(times);
	}

	private void rejected(String reason, int times) {
		this.registry.counter("dooray.webhooks.rejected", "reason", reason).increment(times);
	}

}
