package io.monitoringstack.doorayadapter.dooray;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.monitoringstack.doorayadapter.delivery.Variables;
import io.monitoringstack.doorayadapter.routing.Channel;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds the hooks in variables, in files that variables name, and in a folder. A variable
 * wins over the folder. What is empty counts as unset.
 */
final class HookVariables {

	private static final Pattern NAME = Pattern.compile("DOORAY_HOOK_URL(?:_(?<channel>.+?))??(?<file>_FILE)?");

	private final Map<String, String> values;

	private final Map<String, String> files;

	private final @Nullable Path folder;

	private HookVariables(Map<String, String> values, Map<String, String> files, @Nullable Path folder) {
		this.values = values;
		this.files = files;
		this.folder = folder;
	}

	static HookVariables of(ConfigurableEnvironment environment, @Nullable Path folder) {
		Map<String, String> values = new TreeMap<>();
		Map<String, String> files = new TreeMap<>();
		Variables.matching(environment, NAME)
			.forEach((variable, value) -> (namesFile(variable) ? files : values).put(variable, value));
		return new HookVariables(values, files, folder);
	}

	private static boolean namesFile(String variable) {
		Matcher matcher = NAME.matcher(variable);
		return matcher.matches() && matcher.group("file") != null;
	}

	/**
	 * Reads all sources anew.
	 * @return text by source, in the order of precedence: the last of a channel wins
	 * @throws InvalidHookException if a file or the folder cannot be read, or a channel
	 * is set twice
	 */
	Map<Source, String> read() {
		Map<Source, String> texts = new LinkedHashMap<>();
		readFolder(texts);
		this.files.forEach((variable, file) -> {
			if (this.values.containsKey(variable.substring(0, variable.length() - "_FILE".length()))) {
				throw new InvalidHookException(
						variable + " and the variable without _FILE are both set: set one of them.");
			}
			put(texts, variable, channel(variable), readFile(variable, Path.of(file)));
		});
		this.values.forEach((variable, value) -> put(texts, variable, channel(variable), value));
		return texts;
	}

	private void readFolder(Map<Source, String> texts) {
		if (this.folder == null) {
			return;
		}
		try (Stream<Path> files = Files.list(this.folder)) {
			// Mounted secrets come with hidden helper entries, folders with a README.md.
			files.filter((file) -> Files.isRegularFile(file) && !file.getFileName().toString().contains("."))
				.sorted()
				.forEach((file) -> {
					String name = file.getFileName().toString();
					String source = "The file " + name + " in DOORAY_HOOK_DIR";
					put(texts, source, Channel.normalise(name), readFile(source, file));
				});
		}
		catch (IOException ex) {
			throw new InvalidHookException("DOORAY_HOOK_DIR names a folder that cannot be read.");
		}
	}

	private static void put(Map<Source, String> texts, String source, String channel, String text) {
		if (!text.isBlank() && !channel.isEmpty()) {
			texts.put(new Source(source, channel), text);
		}
	}

	private static String readFile(String source, Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new InvalidHookException(source + " names a file that cannot be read.");
		}
	}

	private static String channel(String variable) {
		Matcher matcher = NAME.matcher(variable);
		String channel = matcher.matches() ? matcher.group("channel") : null;
		return (channel != null) ? Channel.normalise(channel) : Channel.DEFAULT;
	}

	/**
	 * Where a hook is set.
	 *
	 * @param name variable or file, for messages
	 * @param channel channel it is for
	 */
	record Source(String name, String channel) {

	}

}
