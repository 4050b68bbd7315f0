package io.monitoringstack.stacktests.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One dashboard of {@code grafana/dashboards}.
 *
 * @param file where it is kept
 * @param json what is in it
 */
record Dashboard(Path file, JsonNode json) {

	static final String FOLDER = "grafana/dashboards";

	static List<Dashboard> all() {
		return Repository.filesBelow(FOLDER, ".json")
			.stream()
			.map((file) -> new Dashboard(file, JsonMapper.shared().readTree(Repository.read(file))))
			.toList();
	}

	String uid() {
		return this.json.path("uid").asString();
	}

	/**
	 * Return what is drawn.
	 * @return panels without the rows that part them
	 */
	List<JsonNode> panels() {
		return this.json.path("panels").valueStream().filter((panel) -> !"row".equals(type(panel))).toList();
	}

	/**
	 * Return all queries: of panels, variables and annotations.
	 * @return their text
	 */
	List<String> queries() {
		List<String> queries = new ArrayList<>();
		panels().forEach((panel) -> queries.addAll(queries(panel)));
		this.json.path("templating").path("list").forEach((variable) -> {
			JsonNode query = variable.path("query");
			queries.add(query.isObject() ? query.path("query").asString(query.path("stream").asString("")) : "");
		});
		this.json.path("annotations")
			.path("list")
			.forEach((annotation) -> queries.add(annotation.path("expr").asString()));
		return queries;
	}

	static List<String> queries(JsonNode panel) {
		return panel.path("targets")
			.valueStream()
			.map((target) -> target.path("expr").asString(target.path("query").asString("")))
			.toList();
	}

	static String type(JsonNode panel) {
		return panel.path("type").asString();
	}

	static String title(JsonNode panel) {
		return panel.path("title").asString();
	}

	@Override
	public String toString() {
		return uid();
	}

}
