package io.monitoringstack.doorayadapter.watcher;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Hooks;
import io.monitoringstack.doorayadapter.delivery.MessageSender;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.delivery.Parcel;
import io.monitoringstack.doorayadapter.delivery.PerLanguage;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.WatchMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks at the watch every second and tells what is due, again and again until Dooray
 * took it: there is nobody behind it who would.
 */
@Profile("watcher")
@Component
class Watchman {

	private static final Logger logger = LoggerFactory.getLogger(Watchman.class);

	private static final Duration DELIVERY = Duration.ofSeconds(10);

	/** Before the next try; a hook that is refused is not asked every second. */
	private static final Duration PAUSE = Duration.ofSeconds(15);

	private final Watch watch;

	private final WatcherProperties properties;

	private final Hooks hooks;

	private final MessageSender sender;

	private final PerLanguage<WatchMessages> messages;

	private final MeterRegistry registry;

	private final Clock clock;

	private Instant nextTry = Instant.MIN;

	Watchman(Watch watch, WatcherProperties properties, Hooks hooks, MessageSender sender,
			PerLanguage<WatchMessages> messages, MeterRegistry registry, Clock clock) {
		this.watch = watch;
		this.properties = properties;
		this.hooks = hooks;
		this.sender = sender;
		this.messages = messages;
		this.registry = registry;
		this.clock = clock;
		for (Notice.Kind kind : Notice.Kind.values()) {
			count(kind, true, 0);
			count(kind, false, 0);
		}
		TimeGauge
			.builder("watcher.last.heartbeat.timestamp", watch, java.util.concurrent.TimeUnit.SECONDS,
					Watchman::lastHeartbeat)
			.description("When the last heartbeat began its way, in seconds since 1970; NaN before the first")
			.register(registry);
		Gauge.builder("watcher.silent", () -> watch.silent(clock.instant()) ? 1 : 0)
			.description("Whether no heartbeat has come for longer than the limit")
			.register(registry);
	}

	@Scheduled(fixedDelay = 1000)
	void look() {
		Instant now = this.clock.instant();
		if (now.isBefore(this.nextTry)) {
			return;
		}
		this.watch.due(now).ifPresent((notice) -> {
			boolean accepted = tell(notice);
			count(notice.kind(), accepted, 1);
			if (accepted) {
				logger.info("Told: notice={} since={}", notice.kind(), notice.since());
				this.watch.told(notice, this.clock.instant());
			}
			else {
				this.nextTry = this.clock.instant().plus(PAUSE);
			}
		});
	}

	private boolean tell(Notice notice) {
		Hook hook = this.hooks.hookFor(this.properties.channel());
		Outcome outcome = send(hook, message(notice, hook));
		if (outcome instanceof Outcome.Failed failed && failed.reason().hookBroken()) {
			outcome = this.hooks.substituteFor(hook)
				.map((other) -> send(other, message(notice, other)))
				.orElse(outcome);
		}
		if (outcome instanceof Outcome.Failed failed) {
			logger.error("Dooray did not take it, trying again: notice={} reason={}", notice.kind(),
					failed.reason().label());
			return false;
		}
		return true;
	}

	private Outcome send(Hook hook, DoorayMessage message) {
		return this.sender.send(hook, new Parcel(message, 1, true), Deadline.after(DELIVERY));
	}

	private DoorayMessage message(Notice notice, Hook hook) {
		WatchMessages messages = this.messages.of(hook);
		Instant now = this.clock.instant();
		return switch (notice.kind()) {
			case SILENT, STILL_SILENT ->
				messages.silent(notice.since(), notice.never(), notice.kind() == Notice.Kind.STILL_SILENT, now);
			case RETURNED -> messages.returned(notice.since(), notice.until(), now);
		};
	}

	private static double lastHeartbeat(Watch watch) {
		Instant last = watch.last();
		return (last != null) ? last.toEpochMilli() / 1000.0 : Double.NaN;
	}

	private void count(Notice.Kind kind, boolean accepted, int times) {
		this.registry
			.counter("watcher.notices", "kind", kind.name().toLowerCase(Locale.ROOT), "outcome",
					accepted ? "accepted" : "failed")
			.increment(times);
	}

}
