package io.monitoringstack.stacktests.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One rule of {@code config/rules}.
 *
 * @param file name of its file
 * @param group name of its group
 * @param alerting whether it raises an alert; otherwise it records a series
 * @param name name of the alert or the recorded series
 * @param source the rule as it was read
 */
record Rule(String file, String group, boolean alerting, String name, Map<String, Object> source) {

	static final String FOLDER = "config/rules";

	static List<Rule> all() {
		List<Rule> rules = new ArrayList<>();
		for (Path file : Repository.files(FOLDER, ".yml")) {
			for (Map<String, Object> group : YamlFile.maps(YamlFile.read(file), "groups")) {
				for (Map<String, Object> rule : YamlFile.maps(group, "rules")) {
					boolean alerting = rule.containsKey("alert");
					rules.add(new Rule(Repository.name(file), YamlFile.text(group, "name"), alerting,
							YamlFile.text(rule, alerting ? "alert" : "record"), rule));
				}
			}
		}
		return rules;
	}

	static Stream<Rule> alerts() {
		return all().stream().filter(Rule::alerting);
	}

	static Stream<Rule> recordings() {
		return all().stream().filter((rule) -> !rule.alerting());
	}

	String expression() {
		return YamlFile.text(this.source, "expr");
	}

	Map<String, Object> labels() {
		return YamlFile.map(this.source, "labels");
	}

	Map<String, Object> annotations() {
		return YamlFile.map(this.source, "annotations");
	}

	String annotation(String key) {
		return YamlFile.text(annotations(), key);
	}

	/**
	 * Where its tests are: {@code batch.yml} is tested by {@code tests/batch_test.yml}.
	 */
	Path testFile() {
		return Repository.path(FOLDER + "/tests/" + this.file.replace(".yml", "_test.yml"));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
