package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.heartbeat.HeartbeatException;
import io.monitoringstack.doorayadapter.heartbeat.Heartbeats;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the alert that fires while all is well. It becomes no message, but is passed on
 * to whoever speaks up when it stops.
 */
@Profile("!watcher")
@RestController
class HeartbeatController {

	private final WebhookProperties properties;

	private final WebhookReader reader;

	private final Heartbeats heartbeats;

	HeartbeatController(WebhookProperties properties, WebhookReader reader, Heartbeats heartbeats) {
		this.properties = properties;
		this.reader = reader;
		this.heartbeats = heartbeats;
	}

	@PostMapping({ "/webhook/heartbeat", "/webhook/heartbeat/" })
	ResponseEntity<Map<String, Integer>> receive(InputStream body)
			throws IOException, RejectedBodyException, HeartbeatException, InterruptedException {
		Deadline deadline = Deadline.after(this.properties.answerWithin());
		WebhookMessage message = this.reader.read(body);
		int told = this.heartbeats.passOn(message, deadline);
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Map.of("told", told));
	}

}
