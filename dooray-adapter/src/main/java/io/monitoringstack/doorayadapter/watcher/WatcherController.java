package io.monitoringstack.doorayadapter.watcher;

import java.time.Clock;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes heartbeats. One without a body beats now.
 */
@Profile("watcher")
@RestController
class WatcherController {

	private final Watch watch;

	private final Clock clock;

	WatcherController(Watch watch, Clock clock) {
		this.watch = watch;
		this.clock = clock;
	}

	@PostMapping("/heartbeat")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void beat(@RequestBody(required = false) @Nullable Heartbeat heartbeat) {
		Instant now = this.clock.instant();
		Instant signal = (heartbeat != null) ? heartbeat.signal() : null;
		this.watch.beat((signal != null) ? signal : now, now);
	}

	/**
	 * A sign of life.
	 *
	 * @param signal when the rules behind it were evaluated
	 */
	record Heartbeat(@Nullable Instant signal) {

	}

}
