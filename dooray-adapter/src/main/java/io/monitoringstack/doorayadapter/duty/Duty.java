package io.monitoringstack.doorayadapter.duty;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.Mentions;
import io.monitoringstack.doorayadapter.message.Mention;
import io.monitoringstack.doorayadapter.message.MessageSettings;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Says whom a message is to mention: those on duty for its new critical alerts, and for
 * nothing else. A mention that comes with every reminder is soon one that nobody minds.
 */
@Profile("!watcher")
@Component
public class Duty implements Mentions {

	/** Of one message; an outage of everything is no reason to wake everybody by name. */
	private static final int MOST_TEAMS = 5;

	private final DutyFile file;

	private final MessageSettings settings;

	Duty(DutyProperties properties, MessageSettings settings, MeterRegistry registry) {
		this.file = new DutyFile(properties.file());
		this.settings = settings;
		Gauge.builder("dooray.duty.file.bad", this.file, (table) -> table.problem().isEmpty() ? 0 : 1)
			.description("Whether DUTY_FILE cannot be used, so that an older table or none is in use")
			.strongReference(true)
			.register(registry);
	}

	@Override
	public Mention mention(WebhookMessage message, Changes changes, Instant now) {
		DutyTable table = this.file.table();
		if (table.teams().isEmpty()) {
			return Mention.NOBODY;
		}
		DutyTable.Period period = period(table, now);
		Set<String> mentions = new LinkedHashSet<>();
		teams(table, message, changes).forEach((team) -> mentions.addAll(table.mentions(team, period)));
		return mentions.isEmpty() ? Mention.NOBODY : new Mention(String.join(" ", mentions), table.front());
	}

	/**
	 * Explains it.
	 * @param message the message
	 * @param changes what is news in it
	 * @param now the present
	 * @return in a sentence
	 */
	public String explain(WebhookMessage message, Changes changes, Instant now) {
		DutyTable table = this.file.table();
		if (!this.file.present() || table.teams().isEmpty()) {
			return "nobody: DUTY_FILE is not set or empty";
		}
		Set<String> teams = teams(table, message, changes);
		if (teams.isEmpty()) {
			return "nobody: no new critical alert, or its label %s names no team of DUTY_FILE, which has no %s either"
				.formatted(table.label(), DutyTable.OTHERS);
		}
		ZonedDateTime time = now.atZone(this.settings.zone());
		Mention mention = mention(message, changes, now);
		return "%s  (team %s, %s: it is %tF %<tR)".formatted(mention.text().isEmpty() ? "nobody" : mention.text(),
				String.join(", ", teams), table.period(time).word(), time);
	}

	// Returns whether a day is a weekend or a holiday, by the calendar and by the table.
	public boolean off(LocalDate day) {
		return switch (this.file.table().period(day.atTime(LocalTime.NOON).atZone(this.settings.zone()))) {
			case WEEKEND, HOLIDAY -> true;
			case WEEKDAY, NIGHT, ALWAYS -> false;
		};
	}

	// Returns what is wrong with the file, empty when nothing is.
	public String problem() {
		String problem = this.file.problem();
		return problem.isEmpty() ? "" : "DUTY_FILE: " + problem;
	}

	/**
	 * Returns what there is to know of a calendar that does not reach far enough.
	 * @param now the present
	 * @return a sentence, empty when it does
	 */
	public String calendar(Instant now) {
		int year = now.atZone(this.settings.zone()).getYear();
		return KoreanHolidays.complete(year) ? ""
				: "Lunar holidays of %d are not known: list them as holidays in DUTY_FILE.".formatted(year);
	}

	private DutyTable.Period period(DutyTable table, Instant now) {
		return table.period(now.atZone(this.settings.zone()));
	}

	private static Set<String> teams(DutyTable table, WebhookMessage message, Changes changes) {
		Set<String> teams = new LinkedHashSet<>();
		for (Alert alert : fresh(message, changes)) {
			String value = alert.label(table.label());
			String team = table
				.team(value.isBlank() ? message.group().routeLabels().getOrDefault(table.label(), "") : value);
			if (!team.isEmpty() && teams.size() < MOST_TEAMS) {
				teams.add(team);
			}
		}
		return teams;
	}

	// Where it is not known what was told before, the reason decides.
	private static List<Alert> fresh(WebhookMessage message, Changes changes) {
		boolean news = changes.known() ? !changes.none() : switch (message.reason()) {
			case FIRST, ADDED, UNKNOWN -> true;
			case REPEAT, SOME_RESOLVED, ALL_RESOLVED -> false;
		};
		if (!news || message.reason() == NotificationReason.REPEAT) {
			return List.of();
		}
		return message.alerts()
			.stream()
			.filter((alert) -> alert.firing() && alert.severity() == Severity.CRITICAL && !changes.told(alert))
			.toList();
	}

}
