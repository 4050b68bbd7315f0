package io.monitoringstack.doorayadapter.digest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DigestTellerTests {

	private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final List<String> told = new ArrayList<>();

	private Outcome answer = new Outcome.Accepted();

	private Predicate<LocalDate> days = (day) -> true;

	private Instant now = at("08:00:00");

	private String time = "";

	@TempDir
	Path folder;

	@Test
	void tellsOnceAtEachTime() {
		DigestTeller teller = start();
		look(teller, "08:59:59", "09:00:00", "09:00:01", "09:30:00", "17:59:59", "18:00:03", "18:00:04");
		assertThat(this.told).containsExactly("09:00:00", "18:00:03");
		assertThat(count("accepted")).isEqualTo(2);
	}

	@Test
	void aRestartWithinTheMinuteDoesNotTellAgain() {
		look(start(), "08:59:00", "09:00:00");
		look(start(), "09:00:20", "09:01:00");
		assertThat(this.told).containsExactly("09:00:00");
	}

	@Test
	void whatWasMissedIsToldWithinTheHourAndNotLater() {
		look(start(), "08:00:00", "09:00:00");
		look(start(), "18:59:59", "19:00:00");
		assertThat(this.told).containsExactly("09:00:00", "18:59:59");
		this.told.clear();
		look(start(), "+1 10:00:00", "+1 10:30:00");
		assertThat(this.told).isEmpty();
	}

	@Test
	void beforeTheFirstDigestNothingWasMissed() throws Exception {
		this.now = at("09:10:00");
		look(start(), "09:10:00", "09:11:00");
		assertThat(this.told).isEmpty();
		Files.writeString(this.folder.resolve("digest"), "nonsense");
		look(start(), "09:12:00");
		assertThat(this.told).isEmpty();
	}

	@Test
	void withoutAFolderItTellsAllTheSame() {
		this.now = at("08:59:00");
		DigestTeller teller = teller(new DigestFile(null, this.now));
		look(teller, "09:00:00", "09:00:01");
		assertThat(this.told).containsExactly("09:00:00");
	}

	@Test
	void whatDoorayDidNotTakeIsTriedAgainUntilTheHourIsOver() {
		DigestTeller teller = start();
		this.answer = new Outcome.Failed(FailureReason.SERVER_ERROR, Duration.ZERO);
		look(teller, "09:00:00", "09:00:01", "09:00:30", "09:59:59", "10:00:29", "10:30:00");
		assertThat(this.told).containsExactly("09:00:00", "09:00:30", "09:59:59");
		assertThat(count("failed")).isEqualTo(3);
		this.answer = new Outcome.Accepted();
		look(teller, "18:00:00", "18:00:01");
		assertThat(this.told).endsWith("18:00:00").hasSize(4);
	}

	@Test
	void whatMayHaveArrivedIsNotSentAgain() {
		DigestTeller teller = start();
		this.answer = new Outcome.Failed(FailureReason.NO_ANSWER, Duration.ZERO);
		look(teller, "09:00:00", "09:01:00");
		look(start(), "09:02:00");
		assertThat(this.told).hasSize(1);
	}

	@Test
	void daysOffHaveNone() {
		this.days = (day) -> !day.equals(LocalDate.of(2026, 11, 28));
		DigestTeller teller = start();
		look(teller, "09:00:00", "18:00:00", "+1 09:00:00");
		assertThat(this.told).containsExactly("+1 09:00:00");
	}

	@Test
	void aDigestBeforeMidnightMayComeAfterIt() {
		DigestSchedule schedule = new DigestSchedule(Set.of(LocalTime.of(23, 30)), this.days, SEOUL);
		assertThat(schedule.due(at("08:00:00"), at("+1 00:10:00"))).contains(at("23:30:00"));
		assertThat(schedule.due(at("23:30:00"), at("+1 00:10:00"))).isEmpty();
	}

	private DigestTeller start() {
		return teller(new DigestFile(this.folder, this.now));
	}

	private DigestTeller teller(DigestFile file) {
		Clock clock = new Clock() {

			@Override
			public ZoneId getZone() {
				return SEOUL;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				return DigestTellerTests.this.now;
			}

		};
		DigestSchedule schedule = new DigestSchedule(Set.of(LocalTime.of(9, 0), LocalTime.of(18, 0)), this.days, SEOUL);
		return new DigestTeller(schedule, file, () -> {
			this.told.add(this.time);
			return this.answer;
		}, this.registry, clock);
	}

	private void look(DigestTeller teller, String... times) {
		for (String time : times) {
			this.time = time;
			this.now = at(time);
			teller.look();
		}
	}

	private double count(String outcome) {
		return this.registry.get("dooray.digests").tag("outcome", outcome).counter().count();
	}

	private static Instant at(String time) {
		boolean next = time.startsWith("+1 ");
		return LocalDate.of(2026, 11, next ? 29 : 28)
			.atTime(LocalTime.parse(next ? time.substring(3) : time))
			.atZone(SEOUL)
			.toInstant();
	}

}
