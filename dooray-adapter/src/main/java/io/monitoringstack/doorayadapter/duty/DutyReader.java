package io.monitoringstack.doorayadapter.duty;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a table from YAML, and says what is wrong in a way that its writer understands.
 */
final class DutyReader {

	/** Of one team at one time, with spaces between. */
	static final int LONGEST_MENTION = 500;

	private static final Set<String> KEYS = Set.of("label", "place", "hours", "holidays", "workdays", "teams");

	private DutyReader() {
	}

	/**
	 * Reads the table.
	 * @param yaml its text
	 * @return the table
	 * @throws InvalidDutyException if it cannot be used
	 */
	static DutyTable read(String yaml) throws InvalidDutyException {
		Map<String, Object> root = map("the file", load(yaml));
		for (String key : root.keySet()) {
			if (!KEYS.contains(key)) {
				throw new InvalidDutyException(
						key + " is not known: label, place, hours, holidays, workdays, teams are.");
			}
		}
		LocalTime[] hours = hours(root.getOrDefault("hours", "09:00-18:00"));
		return new DutyTable(text("label", root.getOrDefault("label", "team")), front(root.get("place")), hours[0],
				hours[1], days("holidays", root.get("holidays")), days("workdays", root.get("workdays")),
				teams(root.get("teams")));
	}

	private static @Nullable Object load(String yaml) throws InvalidDutyException {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setCodePointLimit(DutyFile.MOST_BYTES);
		options.setNestingDepthLimit(10);
		try {
			return new Yaml(new SafeConstructor(options)).load(yaml);
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 0;
			throw new InvalidDutyException("line %d is not YAML: %s; a text that begins with @ or [ needs quotes."
				.formatted(line, ex.getProblem()));
		}
		catch (YAMLException ex) {
			throw new InvalidDutyException("it is not YAML: " + ex.getMessage());
		}
	}

	private static boolean front(@Nullable Object place) throws InvalidDutyException {
		String word = (place != null) ? place.toString() : "line";
		if (!word.equals("line") && !word.equals("front")) {
			throw new InvalidDutyException("place is line (below the first line) or front (in front of it).");
		}
		return word.equals("front");
	}

	private static LocalTime[] hours(Object hours) throws InvalidDutyException {
		String[] parts = hours.toString().split("\\s*-\\s*", -1);
		try {
			LocalTime[] times = { LocalTime.parse(parts[0]), LocalTime.parse(parts[parts.length - 1]) };
			if (parts.length == 2 && times[0].isBefore(times[1])) {
				return times;
			}
		}
		catch (DateTimeException ex) {
			// As below.
		}
		throw new InvalidDutyException("hours is begin and end of a working day, such as 09:00-18:00.");
	}

	private static Set<LocalDate> days(String key, @Nullable Object days) throws InvalidDutyException {
		Set<LocalDate> read = new HashSet<>();
		for (Object day : list(key, days)) {
			try {
				read.add((day instanceof Date date) ? date.toInstant().atZone(ZoneOffset.UTC).toLocalDate()
						: LocalDate.parse(day.toString()));
			}
			catch (DateTimeException ex) {
				throw new InvalidDutyException(key + " holds what is no date such as 2026-12-31: " + day);
			}
		}
		return Set.copyOf(read);
	}

	private static Map<String, Map<DutyTable.Period, List<String>>> teams(@Nullable Object teams)
			throws InvalidDutyException {
		Map<String, Map<DutyTable.Period, List<String>>> read = new HashMap<>();
		for (Map.Entry<String, Object> team : map("teams", teams).entrySet()) {
			String name = team.getKey().strip().toLowerCase(Locale.ROOT);
			Map<DutyTable.Period, List<String>> entries = new EnumMap<>(DutyTable.Period.class);
			for (Map.Entry<String, Object> entry : map("teams." + name, team.getValue()).entrySet()) {
				String where = "teams." + name + "." + entry.getKey();
				entries.put(period(where, entry.getKey()), mentions(where, entry.getValue()));
			}
			if (read.put(name, Map.copyOf(entries)) != null) {
				throw new InvalidDutyException("teams." + name + " is there twice; capitals do not count.");
			}
		}
		if (read.isEmpty()) {
			throw new InvalidDutyException("teams is missing: each team with its weekday, night, weekend, holiday.");
		}
		return Map.copyOf(read);
	}

	private static DutyTable.Period period(String where, String word) throws InvalidDutyException {
		for (DutyTable.Period period : DutyTable.Period.values()) {
			if (period.word().equals(word)) {
				return period;
			}
		}
		throw new InvalidDutyException(where + " is not known: weekday, night, weekend, holiday, always are.");
	}

	// As it is written: only the site knows what its Dooray makes a mention of.
	private static List<String> mentions(String where, @Nullable Object value) throws InvalidDutyException {
		List<String> mentions = new ArrayList<>();
		for (Object mention : list(where, value)) {
			mentions.add(text(where, mention));
		}
		if (String.join(" ", mentions).length() > LONGEST_MENTION) {
			throw new InvalidDutyException(where + " has more than " + LONGEST_MENTION + " characters.");
		}
		return List.copyOf(mentions);
	}

	private static Collection<?> list(String where, @Nullable Object value) throws InvalidDutyException {
		if (value == null) {
			return List.of();
		}
		if (value instanceof Map) {
			throw new InvalidDutyException(where + " is a text or a list of texts.");
		}
		return (value instanceof Collection<?> list) ? list : List.of(value);
	}

	private static String text(String where, @Nullable Object value) throws InvalidDutyException {
		if (value == null || value instanceof Collection || value instanceof Map || value.toString().isBlank()
				|| value.toString().strip().contains("\n")) {
			throw new InvalidDutyException(where + " is a text in one line; a text that begins with [ needs quotes.");
		}
		return value.toString().strip();
	}

	private static Map<String, Object> map(String where, @Nullable Object value) throws InvalidDutyException {
		if (value == null || (value instanceof Collection<?> none && none.isEmpty())) {
			return Map.of();
		}
		if (!(value instanceof Map<?, ?> entries)) {
			throw new InvalidDutyException(where + " is a table of names and values.");
		}
		Map<String, Object> map = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : entries.entrySet()) {
			Object held = entry.getValue();
			map.put(String.valueOf(entry.getKey()), (held != null) ? held : List.of());
		}
		return map;
	}

}
