package io.monitoringstack.pushgatewayproxy.push;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.monitoringstack.pushgatewayproxy.index.Preview;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;

/**
 * What a push would come to. The names are those of the JSON that is answered.
 *
 * @param verdict accepted or refused
 * @param status status that the push would get
 * @param reason closed reason of a refusal, or none
 * @param text what the refusal would say, empty if there is none
 * @param added families that the group would get
 * @param changed families that would get another type or other series
 * @param unchanged families of which only values may change
 * @param removed families that would go
 * @param series series of the push
 * @param warnings what else to know
 */
record Verdict(String verdict, int status, String reason, String text, List<String> added, List<String> changed,
		List<String> unchanged, List<String> removed, int series, List<String> warnings) {

	/** Families in each list; further ones are only counted. */
	private static final int LISTED = 1000;

	private static final int LONGEST_NAME = 300;

	static Verdict refused(Refusal refusal, int series, List<String> warnings) {
		return new Verdict("refused", refusal.status(), refusal.reason().label(), refusal.text(), List.of(), List.of(),
				List.of(), List.of(), series, warnings);
	}

	static Verdict accepted(Preview preview, int series, List<String> warnings) {
		List<String> told = new ArrayList<>(warnings);
		return new Verdict("accepted", 200, "none", "", listed("added", preview.added(), told),
				listed("changed", preview.changed(), told), listed("unchanged", preview.unchanged(), told),
				listed("removed", preview.removed(), told), series, told);
	}

	private static List<String> listed(String list, List<String> names, List<String> warnings) {
		if (names.size() > LISTED) {
			warnings.add(list + " are " + names.size() + " families, the first " + LISTED + " are listed");
		}
		return names.stream().limit(LISTED).map(Verdict::shortened).toList();
	}

	private static String shortened(String name) {
		return (name.length() > LONGEST_NAME) ? name.substring(0, LONGEST_NAME) + "…" : name;
	}

	/**
	 * Writes the verdict for people.
	 * @return a few lines
	 */
	String asText() {
		StringBuilder lines = new StringBuilder();
		BiConsumer<String, String> line = (name, value) -> lines.append(name).append(": ").append(value).append('\n');
		if ("refused".equals(this.verdict)) {
			line.accept("refused", "status " + this.status + ", " + this.reason);
			lines.append(this.text).append('\n');
		}
		else {
			line.accept("accepted", this.series + " series");
			line.accept("added", names(this.added));
			line.accept("changed", names(this.changed));
			line.accept("unchanged", names(this.unchanged));
			line.accept("removed", names(this.removed));
		}
		this.warnings.forEach((warning) -> line.accept("warning", warning));
		return lines.append("This was a dry run, nothing was stored.\n").toString();
	}

	private static String names(List<String> names) {
		return names.isEmpty() ? "-" : String.join(", ", names.stream().map(Excerpt::plain).toList());
	}

}
