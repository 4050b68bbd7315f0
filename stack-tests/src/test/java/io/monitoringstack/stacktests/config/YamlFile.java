package io.monitoringstack.stacktests.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads YAML into maps and lists, with anchors and merge keys resolved and without
 * letting a key appear twice.
 */
final class YamlFile {

	private YamlFile() {
	}

	static Map<String, Object> read(String name) {
		return read(Repository.path(name));
	}

	static Map<String, Object> read(Path file) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new Yaml(new SafeConstructor(options)).load(Repository.read(file));
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(Map<String, Object> parent, String key) {
		return (Map<String, Object>) parent.getOrDefault(key, Map.of());
	}

	@SuppressWarnings("unchecked")
	static <T> List<T> list(Map<String, Object> parent, String key) {
		return (List<T>) parent.getOrDefault(key, List.of());
	}

	static List<Map<String, Object>> maps(Map<String, Object> parent, String key) {
		return list(parent, key);
	}

	static String text(Map<String, Object> parent, String key) {
		return String.valueOf(parent.getOrDefault(key, ""));
	}

}
