package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.InputStream;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.OnceOnly;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what would become of a webhook call, and sends nothing.
 */
@Profile("!watcher")
@RestController
class PreviewController {

	private final WebhookReader reader;

	private final OnceOnly deliveries;

	private final Admission admission;

	PreviewController(WebhookReader reader, OnceOnly deliveries, Admission admission) {
		this.reader = reader;
		this.deliveries = deliveries;
		this.admission = admission;
	}

	@PostMapping({ "/preview", "/preview/", "/preview/{channel}", "/preview/{channel}/" })
	ResponseEntity<PreviewAnswer> preview(@PathVariable(required = false) @Nullable String channel, InputStream body)
			throws IOException, RejectedBodyException, NotAdmittedException {
		this.admission.enter();
		try {
			WebhookMessage message = this.reader.read(body);
			PreviewAnswer answer = PreviewAnswer.of(message, this.deliveries.preview(message, channel));
			return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
		}
		finally {
			this.admission.leave();
		}
	}

}
