package io.monitoringstack.doorayadapter.digest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks at the clock and tells what is due, again and again until Dooray took it or the
 * hour is over: there is nobody behind it who would.
 */
final class DigestTeller {

	private static final Logger logger = LoggerFactory.getLogger(DigestTeller.class);

	/** Before the next try. */
	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final DigestSchedule schedule;

	private final DigestFile file;

	private final Supplier<Outcome> digest;

	private final MeterRegistry registry;

	private final Clock clock;

	private Instant nextTry = Instant.MIN;

	DigestTeller(DigestSchedule schedule, DigestFile file, Supplier<Outcome> digest, MeterRegistry registry,
			Clock clock) {
		this.schedule = schedule;
		this.file = file;
		this.digest = digest;
		this.registry = registry;
		this.clock = clock;
		List.of("accepted", "failed").forEach((outcome) -> count(outcome, 0));
	}

	@Scheduled(fixedDelay = 1000)
	void look() {
		Instant now = this.clock.instant();
		if (!now.isBefore(this.nextTry)) {
			this.schedule.due(this.file.told(), now).ifPresent(this::tell);
		}
	}

	private void tell(Instant time) {
		Outcome outcome = this.digest.get();
		if (outcome instanceof Outcome.Failed failed) {
			count("failed", 1);
			logger.warn("The digest was not delivered: time={} reason={}", time, failed.reason().label());
			if (failed.reason() != FailureReason.NO_ANSWER) {
				this.nextTry = this.clock.instant().plus(PAUSE);
				return;
			}
			// It may have arrived, and two of it help nobody.
		}
		else {
			count("accepted", 1);
			logger.info("Told the digest: time={}", time);
		}
		this.file.told(time);
	}

	private void count(String outcome, int times) {
		this.registry.counter("dooray.digests", "outcome", outcome).increment(times);
	}

}
