package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * One query of a dashboard: of a panel, a variable or an annotation.
 *
 * @param dashboard the dashboard's identifier
 * @param panel the panel's title, or {@code variable NAME}, {@code annotation NAME}
 * @param target the query as the dashboard has it, with its data source
 */
record DashboardQuery(String dashboard, String panel, JsonNode target) {

	/**
	 * Return the dashboards of the repository.
	 * @return their JSON
	 */
	static List<JsonNode> dashboards() {
		try (Stream<Path> files = Files.walk(Stack.ROOT.resolve("grafana/dashboards"))) {
			List<JsonNode> dashboards = new ArrayList<>();
			for (Path file : files.filter((file) -> file.toString().endsWith(".json")).sorted().toList()) {
				dashboards.add(Http.json(Files.readString(file)));
			}
			return dashboards;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the queries of a dashboard's panels and annotations.
	 * @param dashboard its JSON
	 * @return queries in the order of the file
	 */
	static List<DashboardQuery> of(JsonNode dashboard) {
		String uid = dashboard.path("uid").asString();
		List<DashboardQuery> queries = new ArrayList<>();
		for (JsonNode panel : dashboard.path("panels")) {
			panel.path("targets")
				.forEach((target) -> queries.add(new DashboardQuery(uid, panel.path("title").asString(), target)));
		}
		dashboard.path("annotations")
			.path("list")
			.forEach((annotation) -> queries
				.add(new DashboardQuery(uid, "annotation " + annotation.path("name").asString(), annotation)));
		return queries;
	}

	String source() {
		return this.target.path("datasource").path("uid").asString();
	}

	String refId() {
		return this.target.path("refId").asString("A");
	}

	String expression() {
		return this.target.path("expr").asString(this.target.path("query").asString(""));
	}

	boolean instant() {
		return this.target.path("instant").asBoolean(false)
				|| "instant".equals(this.target.path("queryType").asString(""));
	}

	/**
	 * The service graph, which Grafana makes of Tempo's metrics in Prometheus.
	 */
	boolean serviceMap() {
		return "serviceMap".equals(this.target.path("queryType").asString(""));
	}

	@Override
	public String toString() {
		return "%s: %s, query %s".formatted(this.dashboard, this.panel, refId());
	}

}
