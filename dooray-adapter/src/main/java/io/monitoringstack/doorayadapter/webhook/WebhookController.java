package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.InputStream;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.DeliveryException;
import io.monitoringstack.doorayadapter.delivery.OnceOnly;
import io.monitoringstack.doorayadapter.delivery.Receipt;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes Alertmanager's webhook calls, whatever content type they declare, and answers
 * when Dooray has.
 */
@Profile("!watcher")
@RestController
class WebhookController {

	private final WebhookProperties properties;

	private final WebhookReader reader;

	private final OnceOnly deliveries;

	private final Admission admission;

	private final WebhookMetrics metrics;

	WebhookController(WebhookProperties properties, WebhookReader reader, OnceOnly deliveries, Admission admission,
			WebhookMetrics metrics) {
		this.properties = properties;
		this.reader = reader;
		this.deliveries = deliveries;
		this.admission = admission;
		this.metrics = metrics;
	}

	@PostMapping({ "/webhook", "/webhook/", "/webhook/{channel}", "/webhook/{channel}/" })
	ResponseEntity<Receipt> receive(@PathVariable(required = false) @Nullable String channel, InputStream body)
			throws IOException, RejectedBodyException, DeliveryException, NotAdmittedException {
		Deadline deadline = Deadline.after(this.properties.answerWithin());
		WebhookMessage message = read(body);
		this.metrics.received(message);
		Receipt receipt = this.deliveries.tell(message, channel, deadline);
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(receipt);
	}

	private WebhookMessage read(InputStream body) throws IOException, RejectedBodyException, NotAdmittedException {
		this.admission.enter();
		try {
			return this.reader.read(body);
		}
		finally {
			this.admission.leave();
		}
	}

}
