package io.monitoringstack.pushgatewayproxy.differential;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was pushed, as a scrape shows it. Types and series are compared as they are, times
 * of pushes by whether they are zero and whether they have changed.
 *
 * @param status status of HTTP
 * @param series series with values, and types of families that have a pushed series
 * @param times times of pushes by series
 */
record Scrape(int status, Map<String, String> series, Map<String, String> times) {

	static Scrape of(int status, String text) {
		Map<String, String> series = new TreeMap<>();
		Map<String, String> times = new TreeMap<>();
		String type = "";
		for (String line : text.split("\n")) {
			if (line.startsWith("# TYPE ")) {
				type = line;
			}
			else if (!line.startsWith("#") && line.contains("job=\"")) {
				int blank = line.lastIndexOf(' ');
				String name = line.substring(0, blank);
				boolean time = name.startsWith("push_time_seconds{") || name.startsWith("push_failure_time_seconds{");
				(time ? times : series).put(name, line.substring(blank + 1));
				series.put(type, "");
			}
		}
		return new Scrape(status, series, times);
	}

	/**
	 * Describes it beside an earlier one.
	 * @param before the one before
	 * @return a text that is the same for both sides if all is well
	 */
	String describe(Scrape before) {
		StringBuilder text = new StringBuilder("status " + this.status + "\n");
		this.series.forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
		for (String name : new TreeSet<>(this.times.keySet())) {
			String value = this.times.get(name);
			// Small numbers were pushed, they are no times.
			String state = (value.length() < 4) ? value : value.equals(before.times.get(name)) ? "as before" : "new";
			text.append(name).append(' ').append(state).append('\n');
		}
		return text.toString();
	}

}
