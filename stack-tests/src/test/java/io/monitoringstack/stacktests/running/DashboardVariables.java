package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * The values of a dashboard's variables, asked of the running stack and put into queries
 * as Grafana does it.
 */
final class DashboardVariables {

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((?:(.+),\\s*)?(\\w+)\\)");

	private static final Pattern USE = Pattern.compile("\\$\\{?([a-z]\\w*)(?::\\w+)?}?");

	private final Map<String, String> values;

	private DashboardVariables(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * All values, where a variable may have all, else the one it begins with.
	 */
	static DashboardVariables all(JsonNode dashboard) throws IOException {
		return choose(dashboard, (variable) -> variable.path("includeAll").asBoolean(false));
	}

	/**
	 * For each variable one choice with its first value alone, and all of the others.
	 */
	static List<DashboardVariables> single(JsonNode dashboard) throws IOException {
		List<DashboardVariables> choices = new ArrayList<>();
		for (JsonNode single : dashboard.path("templating").path("list")) {
			choices.add(choose(dashboard,
					(variable) -> variable != single && variable.path("includeAll").asBoolean(false)));
		}
		return choices;
	}

	private static DashboardVariables choose(JsonNode dashboard, Function<JsonNode, Boolean> wantsAll)
			throws IOException {
		DashboardVariables chosen = new DashboardVariables(new LinkedHashMap<>());
		for (JsonNode variable : dashboard.path("templating").path("list")) {
			List<String> found = chosen.ask(variable);
			if (found.isEmpty()) {
				throw new AssertionError("%s: variable %s has no values".formatted(dashboard.path("uid").asString(),
						variable.path("name").asString()));
			}
			String allValue = variable.path("allValue").asString("");
			String text;
			if (wantsAll.apply(variable)) {
				text = !allValue.isEmpty() ? allValue
						: found.stream().map(DashboardVariables::escaped).collect(Collectors.joining("|", "(", ")"));
			}
			else if (variable.path("multi").asBoolean(false)) {
				text = escaped(found.get(0));
			}
			else {
				String current = variable.path("current").path("value").asString("");
				text = found.contains(current) ? current : found.get(0);
			}
			chosen.values.put(variable.path("name").asString(), text);
		}
		return chosen;
	}

	private List<String> ask(JsonNode variable) throws IOException {
		JsonNode query = variable.path("query");
		List<String> values = new ArrayList<>();
		switch (variable.path("type").asString()) {
			case "textbox" -> values.add(query.asString(""));
			case "custom" -> values.addAll(List.of(query.asString().split(",")));
			case "query" ->
				values.addAll(query.has("label") ? lokiLabels(query) : labels(query.path("query").asString()));
			default -> throw new AssertionError("a kind of variable that is not understood: " + variable);
		}
		String regex = variable.path("regex").asString("").replaceAll("^/|/$", "");
		values.removeIf((value) -> !regex.isEmpty() && !Pattern.compile(regex).matcher(value).find());
		return values;
	}

	private List<String> labels(String query) throws IOException {
		Matcher call = LABEL_VALUES.matcher(query);
		if (!call.matches()) {
			throw new AssertionError("a variable's query that is not understood: " + query);
		}
		String match = (call.group(1) != null) ? "&match%5B%5D=" + Http.encoded(fill(call.group(1))) : "";
		// The time shown bounds the values: what was there an hour ago is none.
		long start = Instant.now().minus(Duration.ofMinutes(15)).getEpochSecond();
		return texts(Http.getJson(Stack.PROMETHEUS,
				"/api/v1/label/%s/values?start=%d%s".formatted(call.group(2), start, match)));
	}

	private static List<String> lokiLabels(JsonNode query) throws IOException {
		return texts(
				Http.getJson(Stack.LOKI, "/loki/api/v1/label/%s/values".formatted(query.path("label").asString())));
	}

	private static List<String> texts(JsonNode answer) {
		return new ArrayList<>(answer.path("data").valueStream().map(JsonNode::asString).toList());
	}

	/**
	 * Put the values into a query.
	 * @param query text with {@code $name}
	 * @return the text to send
	 */
	String fill(String query) {
		return USE.matcher(query)
			.replaceAll((use) -> Matcher.quoteReplacement(this.values.getOrDefault(use.group(1), use.group())));
	}

	/**
	 * For a regular expression inside of a string in double quotes, where a backslash is
	 * written twice.
	 */
	private static String escaped(String value) {
		return value.replaceAll("[\\\\^$*+?.()|\\[\\]{}]", "\\\\\\\\\\\\\\\\$0");
	}

}
