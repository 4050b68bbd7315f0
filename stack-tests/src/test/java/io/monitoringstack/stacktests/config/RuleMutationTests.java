package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the tests of the rules would notice: each rule is broken in each way that
 * {@link RuleMutant} knows, and promtool is asked whether the rule's tests still pass.
 */
class RuleMutationTests {

	private static final double CAUGHT = 0.9;

	/**
	 * Calls of promtool at once, each for a share of the files: it takes them one after
	 * the other, and where it runs in a container a call costs more than a test.
	 */
	private static final int CALLS = 2;

	private static final Pattern SUITE = Pattern
		.compile("<testsuite name=\"[^\"]*?([^/\"]+)_test[.]yml\"[^>]*? failures=\"(\\d+)\" errors=\"(\\d+)\"");

	/**
	 * Leaves every scalar as it stands: {@code 0x20} is a series of twenty zeros to
	 * promtool and a number to YAML.
	 */
	private static final Yaml AS_WRITTEN = new Yaml(new SafeConstructor(new LoaderOptions()),
			new Representer(new DumperOptions()), new DumperOptions(), new LoaderOptions(), new Resolver() {

				@Override
				protected void addImplicitResolvers() {
					addImplicitResolver(Tag.MERGE, MERGE, "<");
				}

			});

	@Test
	void theTestsNoticeAlmostEveryFault(@TempDir Path folder) throws IOException {
		Tool promtool = Tool.named("promtool");
		List<RuleMutant> mutants = new ArrayList<>();
		Map<String, RuleMutant> byName = new LinkedHashMap<>();
		Set<String> sound = new TreeSet<>();
		for (Rule rule : Rule.all()) {
			if (rule.file().equals(Thresholds.FILE)) {
				// Each is broken where it is used, which shows more.
				continue;
			}
			if (rule.alerting() || Rule.all()
				.stream()
				.filter((one) -> one.file().equals(rule.file()))
				.toList()
				.indexOf(rule) == 0) {
				RuleMutant none = new RuleMutant(rule, "nothing", rule.source(), Map.of());
				sound.add(write(folder, "sound-%03d".formatted(sound.size()), none));
			}
			for (RuleMutant mutant : RuleMutant.of(rule)) {
				byName.put(write(folder, "mutant-%03d".formatted(mutants.size()), mutant), mutant);
				mutants.add(mutant);
			}
		}
		Set<String> failed = failing(promtool, folder,
				Stream.concat(sound.stream(), byName.keySet().stream()).toList());
		assertThat(failed).as("rules without a fault pass").doesNotContainAnyElementsOf(sound);
		List<RuleMutant> survivors = byName.entrySet()
			.stream()
			.filter((entry) -> !failed.contains(entry.getKey()))
			.map(Map.Entry::getValue)
			.toList();
		System.out.printf("[config] %d of %d mutants of the rules caught%n", mutants.size() - survivors.size(),
				mutants.size());
		survivors.forEach((mutant) -> System.out.println("[config] not noticed: " + mutant));
		assertThat((double) (mutants.size() - survivors.size()) / mutants.size()).as("share that is noticed")
			.isGreaterThanOrEqualTo(CAUGHT);
	}

	/**
	 * Run promtool over the tests.
	 * @return names of those that failed
	 */
	private static Set<String> failing(Tool promtool, Path folder, List<String> names) {
		List<CompletableFuture<Set<String>>> calls = IntStream.range(0, CALLS)
			.mapToObj((call) -> CompletableFuture.supplyAsync(() -> failing(promtool, folder, call,
					IntStream.range(0, names.size()).filter((i) -> i % CALLS == call).mapToObj(names::get).toList())))
			.toList();
		return calls.stream().flatMap((call) -> call.join().stream()).collect(Collectors.toSet());
	}

	private static Set<String> failing(Tool promtool, Path folder, int call, List<String> names) {
		Path report = folder.resolve("report-%d.xml".formatted(call));
		Tool.Result result = promtool.run(Stream
			.concat(Stream.of("test", "rules", "--junit=" + report),
					names.stream().map((name) -> folder.resolve(name + "_test.yml").toString()))
			.toArray(String[]::new));
		assertThat(report).as(result::toString).exists();
		Map<String, Boolean> failed = SUITE.matcher(Repository.read(report))
			.results()
			.collect(Collectors.toMap((suite) -> suite.group(1),
					(suite) -> !suite.group(2).equals("0") || !suite.group(3).equals("0")));
		assertThat(failed).as("every file was run").containsOnlyKeys(names);
		return failed.entrySet()
			.stream()
			.filter(Map.Entry::getValue)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/**
	 * Write the file of a rule with the fault in it, and those of its tests that are
	 * about this rule.
	 * @return the name it got
	 */
	private static String write(Path folder, String name, RuleMutant mutant) throws IOException {
		Rule rule = mutant.rule();
		List<Map<String, Object>> groups = new ArrayList<>();
		for (Map<String, Object> group : YamlFile.maps(YamlFile.read(Rule.FOLDER + "/" + rule.file()), "groups")) {
			Map<String, Object> copy = new LinkedHashMap<>(group);
			copy.put("rules", YamlFile.maps(group, "rules")
				.stream()
				// Other alerts cost time and tell nothing.
				.filter((one) -> !rule.alerting() || one.containsKey("record") || one.equals(rule.source()))
				.map((one) -> one.equals(rule.source()) ? mutant.source() : one)
				.toList());
			groups.add(copy);
		}
		Map<String, Object> tests = new LinkedHashMap<>(
				AS_WRITTEN.<Map<String, Object>>load(Repository.read(rule.testFile())));
		List<String> ruleFiles = new ArrayList<>();
		if (YamlFile.list(tests, "rule_files").contains("../" + Thresholds.FILE)) {
			write(folder.resolve(name + "-thresholds.yml"), thresholds(mutant));
			ruleFiles.add(name + "-thresholds.yml");
		}
		write(folder.resolve(name + ".yml"), Map.of("groups", groups));
		ruleFiles.add(name + ".yml");
		tests.put("rule_files", ruleFiles);
		if (rule.alerting()) {
			tests.put("tests",
					YamlFile.maps(tests, "tests")
						.stream()
						.map((test) -> about(rule, test))
						.filter((test) -> !YamlFile.list(test, "alert_rule_test").isEmpty()
								|| !YamlFile.list(test, "promql_expr_test").isEmpty())
						.toList());
		}
		write(folder.resolve(name + "_test.yml"), tests);
		return name;
	}

	private static Map<String, Object> about(Rule alert, Map<String, Object> test) {
		Map<String, Object> copy = new LinkedHashMap<>(test);
		copy.put("alert_rule_test",
				YamlFile.maps(test, "alert_rule_test")
					.stream()
					.filter((check) -> alert.name().equals(check.get("alertname")))
					.toList());
		copy.put("promql_expr_test",
				YamlFile.maps(test, "promql_expr_test")
					.stream()
					.filter((check) -> YamlFile.text(check, "expr").contains(alert.name()))
					.toList());
		return copy;
	}

	private static Map<String, Object> thresholds(RuleMutant mutant) {
		Set<String> read = Rule.all()
			.stream()
			.filter((rule) -> rule.file().equals(mutant.rule().file()))
			.flatMap((rule) -> Thresholds.readBy(rule).stream())
			.collect(Collectors.toCollection(TreeSet::new));
		Map<String, Double> values = Thresholds.recorded();
		return Map
			.of("groups",
					List.of(Map.of("name", "thresholds.rules", "rules", read.stream()
						.map((name) -> Map.of("record", name, "expr",
								"vector(%s)".formatted(mutant.thresholds().getOrDefault(name, values.get(name)))))
						.toList())));
	}

	private static void write(Path file, Map<String, Object> content) throws IOException {
		Files.writeString(file, AS_WRITTEN.dump(content));
	}

}
