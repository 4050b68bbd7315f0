package io.monitoringstack.stacktests.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a dashboard must have. That its queries have data is proven on the running stack.
 */
class DashboardsTests {

	private static final Set<String> WITHOUT_FIGURES = Set.of("text", "logs", "nodeGraph", "state-timeline");

	private static final Pattern HANGUL = Pattern.compile("[가-힣]");

	private static final Pattern LINK = Pattern.compile("\"/d/([^/?\"]+)");

	private static final Pattern WINDOW = Pattern.compile("\\[([^]]+)]");

	private static final Pattern VARIABLE = Pattern.compile("([=!]~?)\\s*\"\\$\\{?(\\w+)}?\"");

	@ParameterizedTest
	@MethodSource("all")
	void itIsAsGrafanasSchemaSays(Dashboard dashboard) {
		assertThat(GrafanaSchema.faults(dashboard.json())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "\"refresh\", \"refersh\"", "\"showHeader\":true, \"showHeader\":1",
					"\"drawStyle\":\"bars\", \"drawStyle\":\"bar\"", "\"type\":\"timeseries\", \"type\":\"graph\"",
					"\"legendFormat\", \"legend\"", "\"queryType\":\"traceql\", \"queryTyp\":\"traceql\"" })
	void theSchemaFindsWhatIsWrong(String right, String wrong) {
		String text = Dashboard.all()
			.stream()
			.map((dashboard) -> dashboard.json().toString())
			.filter((json) -> json.contains(right))
			.findFirst()
			.orElseThrow();
		assertThat(GrafanaSchema.faults(JsonMapper.shared().readTree(text))).isEmpty();
		assertThat(GrafanaSchema.faults(JsonMapper.shared().readTree(text.replace(right, wrong)))).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("all")
	void itsKeysAreSortedSoThatADiffIsReadable(Dashboard dashboard) {
		assertThat(unsorted(dashboard.json(), "")).isEmpty();
		assertThat(Repository.read(dashboard.file())).startsWith("{\n  \"").endsWith("}\n").doesNotContain("\t", "\r");
	}

	@ParameterizedTest
	@MethodSource("all")
	void itIsFoundUnderItsFilesNameInOneFolder(Dashboard dashboard) {
		assertThat(Repository.path(Dashboard.FOLDER).relativize(dashboard.file()))
			.hasToString(dashboard.file().getParent().getFileName() + "/" + dashboard.uid() + ".json");
		assertThat(dashboard.json().path("id").isNull()).as("id is given by Grafana").isTrue();
		assertThat(dashboard.json().path("editable").asBoolean(true)).as("editable").isFalse();
		assertThat(dashboard.json().path("tags").toString()).contains("\"monitoring-stack\"");
	}

	@Test
	void identifiersAndTitlesAreGivenOnce() {
		List<Dashboard> all = Dashboard.all();
		assertThat(all).hasSizeGreaterThan(10).extracting(Dashboard::uid).doesNotHaveDuplicates();
		assertThat(all).extracting((dashboard) -> Dashboard.title(dashboard.json())).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("all")
	void itsPanelsHaveIdentifiersAndPlacesOfTheirOwn(Dashboard dashboard) {
		List<Integer> ids = new ArrayList<>();
		Set<List<Integer>> taken = new HashSet<>();
		for (JsonNode panel : dashboard.json().path("panels")) {
			ids.add(panel.path("id").asInt());
			JsonNode place = panel.path("gridPos");
			assertThat(place.path("x").asInt() + place.path("w").asInt()).as("%s: right edge", panel.path("title"))
				.isLessThanOrEqualTo(24);
			for (int x = place.path("x").asInt(); x < place.path("x").asInt() + place.path("w").asInt(); x++) {
				for (int y = place.path("y").asInt(); y < place.path("y").asInt() + place.path("h").asInt(); y++) {
					assertThat(taken.add(List.of(x, y))).as("%s lies on another panel", panel.path("title")).isTrue();
				}
			}
		}
		assertThat(ids).doesNotHaveDuplicates().allMatch((id) -> id > 0);
	}

	@ParameterizedTest
	@MethodSource("all")
	void eachPanelSaysInBothLanguagesWhatItShows(Dashboard dashboard) {
		assertThat(Stream.concat(Stream.of(dashboard.json()), dashboard.panels().stream())).allSatisfy((panel) -> {
			assertThat(Dashboard.title(panel)).isNotBlank();
			assertThat(panel.path("description").asString("")).as(Dashboard.title(panel))
				.contains(" · ")
				.containsPattern(HANGUL);
		});
	}

	/**
	 * Grafana's own "No data" does not say whether that is good.
	 */
	@ParameterizedTest
	@MethodSource("all")
	void aPanelThatMayBeEmptySaysSoInWords(Dashboard dashboard) {
		List<Map<String, Object>> listed = YamlFile
			.maps(YamlFile.read("stack-tests/src/test/resources/may-be-empty.yml"), "queries");
		assertThat(listed).isNotEmpty();
		assertThat(dashboard.panels())
			.filteredOn((panel) -> listed.stream()
				.anyMatch((entry) -> dashboard.uid().equals(entry.get("dashboard")) && !entry.containsKey("query")
						&& Dashboard.title(panel).endsWith(YamlFile.text(entry, "panel"))))
			.allSatisfy((panel) -> assertThat(panel.path("fieldConfig").path("defaults").path("noValue").asString(""))
				.as(Dashboard.title(panel))
				.contains(" · "));
	}

	@ParameterizedTest
	@MethodSource("all")
	void eachFigureHasAUnitAndThresholds(Dashboard dashboard) {
		assertThat(dashboard.panels()).filteredOn((panel) -> !WITHOUT_FIGURES.contains(Dashboard.type(panel)))
			.allSatisfy((panel) -> {
				JsonNode defaults = panel.path("fieldConfig").path("defaults");
				String unit = "heatmap".equals(Dashboard.type(panel))
						? panel.path("options").path("yAxis").path("unit").asString("")
						: defaults.path("unit").asString("");
				assertThat(unit).as("unit of %s", Dashboard.title(panel)).isNotEmpty();
				assertThat(defaults.path("thresholds").path("steps").size())
					.as("thresholds of %s", Dashboard.title(panel))
					.isPositive();
			});
	}

	@ParameterizedTest
	@MethodSource("all")
	void dataSourcesAreNamedByTheirIdentifier(Dashboard dashboard) {
		List<JsonNode> named = dashboard.json().findValues("datasource");
		Set<String> known = new HashSet<>();
		YamlFile.maps(YamlFile.read("grafana/provisioning/datasources/stack.yml"), "datasources")
			.forEach((source) -> known.add(source.get("type") + " " + source.get("uid")));
		assertThat(named).isNotEmpty()
			.allSatisfy((source) -> assertThat(source.path("type").asString() + " " + source.path("uid").asString())
				.isIn(known));
		assertThat(dashboard.panels()).filteredOn((panel) -> !"text".equals(Dashboard.type(panel)))
			.allSatisfy((panel) -> assertThat(panel.path("targets")).as(Dashboard.title(panel))
				.isNotEmpty()
				.allSatisfy((target) -> assertThat(target.path("datasource")).isEqualTo(panel.path("datasource"))));
	}

	@ParameterizedTest
	@MethodSource("all")
	void noTwoPanelsAskTheSame(Dashboard dashboard) {
		assertThat(dashboard.panels()).extracting((panel) -> panel.path("type") + " " + Dashboard.queries(panel))
			.doesNotHaveDuplicates();
	}

	/**
	 * A window that is shorter than two scrapes shows gaps, one that is longer than a
	 * step hides peaks: Grafana knows both.
	 */
	@ParameterizedTest
	@MethodSource("all")
	void whatIsDrawnOverTimeLetsGrafanaChooseTheWindow(Dashboard dashboard) {
		for (JsonNode panel : dashboard.panels()) {
			for (JsonNode target : panel.path("targets")) {
				if (target.path("range").asBoolean(false) || "range".equals(target.path("queryType").asString(""))) {
					Matcher windows = WINDOW.matcher(target.path("expr").asString().replaceAll("\"[^\"]*\"", ""));
					assertThat(windows.results().map((window) -> window.group(1))).as(Dashboard.title(panel))
						.allMatch((window) -> window.matches("\\$__(rate_interval|range|auto)"));
				}
			}
		}
	}

	/**
	 * "All", or several values, is a regular expression.
	 */
	@ParameterizedTest
	@MethodSource("all")
	void variablesOfSeveralValuesAreComparedAsExpressions(Dashboard dashboard) {
		Map<String, Boolean> several = new HashMap<>();
		dashboard.json()
			.path("templating")
			.path("list")
			.forEach((variable) -> several.put(variable.path("name").asString(),
					variable.path("multi").asBoolean(false)));
		Set<String> used = new HashSet<>();
		for (String query : dashboard.queries()) {
			VARIABLE.matcher(query).results().forEach((use) -> {
				used.add(use.group(2));
				assertThat(several).as(query).containsKey(use.group(2));
				assertThat(use.group(1).endsWith("~")).as(query).isEqualTo(several.get(use.group(2)));
			});
			several.keySet().stream().filter((name) -> query.contains("$" + name)).forEach(used::add);
		}
		assertThat(used).as("each variable is used").isEqualTo(several.keySet());
	}

	@Test
	void linksLeadToDashboardsThatExist() {
		Set<String> linked = new HashSet<>();
		List<Dashboard> all = Dashboard.all();
		all.forEach((dashboard) -> LINK.matcher(dashboard.json().toString())
			.results()
			.forEach((link) -> linked.add(link.group(1))));
		assertThat(linked).isNotEmpty().isSubsetOf(all.stream().map(Dashboard::uid).toList());
	}

	@Test
	void filesAreWhatGrafanaShowsAndNobodyChangesThemThere() {
		assertThat(YamlFile.maps(YamlFile.read("grafana/provisioning/dashboards/stack.yml"), "providers"))
			.singleElement()
			.satisfies((provider) -> {
				assertThat(provider).containsEntry("allowUiUpdates", false).containsEntry("type", "file");
				assertThat(YamlFile.map(provider, "options")).containsEntry("foldersFromFilesStructure", true)
					.containsEntry("path", "/etc/grafana/dashboards");
			});
		Map<String, Object> grafana = Compose.service("grafana");
		assertThat(YamlFile.<String>list(grafana, "volumes")).contains(
				"./grafana/dashboards:/etc/grafana/dashboards:ro",
				"./grafana/provisioning/dashboards:/etc/grafana/provisioning/dashboards:ro");
		String home = YamlFile.text(YamlFile.map(grafana, "environment"), "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH");
		assertThat(Repository.path(home.replace("/etc/grafana/", "grafana/"))).exists();
	}

	private static List<String> unsorted(JsonNode node, String place) {
		List<String> found = new ArrayList<>();
		String before = "";
		for (Map.Entry<String, JsonNode> field : node.properties()) {
			if (field.getKey().compareTo(before) < 0) {
				found.add(place + "/" + field.getKey());
			}
			before = field.getKey();
			found.addAll(unsorted(field.getValue(), place + "/" + field.getKey()));
		}
		if (node.isArray()) {
			node.forEach((element) -> found.addAll(unsorted(element, place + "[]")));
		}
		return found;
	}

	private static List<Dashboard> all() {
		return Dashboard.all();
	}

}
