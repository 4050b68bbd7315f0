package io.monitoringstack.doorayadapter.digest;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.monitoringstack.doorayadapter.routing.Channel;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the digest is told, and where.
 *
 * @param times comma-separated times of the day, in NOTIFY_ZONE; no digest when empty
 * @param channel channel whose hook it uses
 * @param days days on which it is told: <code>all</code>, <code>workdays</code> (neither
 * weekend nor holiday) or a list such as <code>mon,tue</code>
 * @param alertmanagerUrl where Alertmanager answers
 * @param stateDir folder that remembers what was told, memory alone when empty
 */
@ConfigurationProperties("digest")
record DigestProperties(@DefaultValue List<String> times, @DefaultValue(Channel.DEFAULT) String channel,
		@DefaultValue("all") List<String> days, @Nullable String alertmanagerUrl, @Nullable Path stateDir) {

	private static final String WORKDAYS = "workdays";

	/** Empty variables count as unset. */
	DigestProperties {
		times = times.stream().map(String::strip).filter((time) -> !time.isEmpty()).toList();
		channel = channel.isBlank() ? Channel.DEFAULT : Channel.normalise(channel);
		days = days.stream()
			.map((day) -> day.strip().toLowerCase(Locale.ROOT))
			.filter((day) -> !day.isEmpty() && !day.equals("all"))
			.toList();
		alertmanagerUrl = (alertmanagerUrl != null && !alertmanagerUrl.isBlank()) ? alertmanagerUrl.strip() : null;
		stateDir = (stateDir != null && !stateDir.toString().isBlank()) ? stateDir : null;
		parse(times);
		weekdays(days);
		URI base = base(alertmanagerUrl);
		if (base == null && !times.isEmpty()) {
			throw new IllegalArgumentException("DIGEST_TIMES is set: set ALERTMANAGER_URL too");
		}
	}

	Set<LocalTime> clock() {
		return parse(this.times);
	}

	boolean workdaysOnly() {
		return this.days.contains(WORKDAYS);
	}

	Set<DayOfWeek> weekdays() {
		return weekdays(this.days);
	}

	// Returns where Alertmanager answers, null when that is not set.
	@Nullable URI alertmanager() {
		return base(this.alertmanagerUrl);
	}

	private static Set<LocalTime> parse(List<String> times) {
		Set<LocalTime> parsed = new TreeSet<>();
		for (String time : times) {
			try {
				parsed.add(LocalTime.parse(time));
			}
			catch (DateTimeException ex) {
				throw new IllegalArgumentException("DIGEST_TIMES has to be times such as 09:00,18:00");
			}
		}
		return parsed;
	}

	private static Set<DayOfWeek> weekdays(List<String> days) {
		List<DayOfWeek> parsed = new ArrayList<>();
		for (String day : days) {
			for (DayOfWeek weekday : DayOfWeek.values()) {
				if (day.length() >= 3 && weekday.name().toLowerCase(Locale.ROOT).startsWith(day)) {
					parsed.add(weekday);
				}
			}
		}
		boolean workdays = days.contains(WORKDAYS);
		if (workdays ? days.size() > 1 : parsed.size() < days.size()) {
			throw new IllegalArgumentException("DIGEST_DAYS has to be all, workdays or days such as mon,tue");
		}
		return parsed.isEmpty() ? Set.of(DayOfWeek.values()) : Set.copyOf(parsed);
	}

	private static @Nullable URI base(@Nullable String url) {
		if (url == null) {
			return null;
		}
		try {
			URI base = URI.create(url.replaceFirst("/+$", "") + "/");
			if (base.getHost() != null && String.valueOf(base.getScheme()).matches("(?i)https?")) {
				return base;
			}
		}
		catch (IllegalArgumentException ex) {
			// As any other text that is no address.
		}
		throw new IllegalArgumentException("ALERTMANAGER_URL has to be an address such as http://alertmanager:9093");
	}

	/** The address may hold a password. */
	@Override
	public String toString() {
		return "DigestProperties[times=%s, channel=%s, days=%s]".formatted(this.times, this.channel, this.days);
	}

}
