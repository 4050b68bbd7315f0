package io.monitoringstack.doorayadapter.webhook;

import java.util.Set;

import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.DeliveryException;
import io.monitoringstack.doorayadapter.delivery.TestDeliveries;
import io.monitoringstack.doorayadapter.delivery.TooSoonException;
import io.monitoringstack.doorayadapter.delivery.UnknownChannelException;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends a message marked as a test to a channel.
 */
@Profile("!watcher")
@RestController
class TestController {

	/** What browsers say of requests that are not from a page of another site. */
	private static final Set<String> OWN = Set.of("same-origin", "none");

	private final WebhookProperties properties;

	private final TestDeliveries tests;

	TestController(WebhookProperties properties, TestDeliveries tests) {
		this.properties = properties;
		this.tests = tests;
	}

	@PostMapping({ "/test/{channel}", "/test/{channel}/" })
	ResponseEntity<TestDeliveries.TestReceipt> send(@PathVariable String channel,
			@RequestHeader(name = "Sec-Fetch-Site", defaultValue = "none") String site)
			throws UnknownChannelException, TooSoonException, DeliveryException, ForeignPageException {
		if (!OWN.contains(site)) {
			throw new ForeignPageException();
		}
		Deadline deadline = Deadline.after(this.properties.answerWithin());
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(this.tests.deliver(channel, deadline));
	}

}
