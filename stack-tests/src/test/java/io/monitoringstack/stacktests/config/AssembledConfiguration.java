package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Alertmanager's configuration as {@code config/alertmanager-start} puts it together.
 */
final class AssembledConfiguration {

	private AssembledConfiguration() {
	}

	/**
	 * Copy what Alertmanager reads, without what a person has added.
	 * @param folder where to
	 * @return the folder
	 * @throws IOException if it cannot be written
	 */
	static Path copy(Path folder) throws IOException {
		Files.createDirectories(folder.resolve("local/routes"));
		for (String name : List.of("alertmanager.yml", "alertmanager-start")) {
			Files.copy(Repository.path("config/" + name), folder.resolve(name));
		}
		for (String part : List.of("routes", "templates")) {
			Files.createDirectories(folder.resolve(part));
			for (Path file : Repository.filesBelow("config/" + part, "")) {
				Files.copy(file, folder.resolve(part).resolve(Repository.name(file)));
			}
		}
		readable(folder.getParent());
		return folder;
	}

	static void local(Path config, String name, String text) throws IOException {
		Files.writeString(config.resolve("local/routes").resolve(name), text);
		readable(config);
	}

	/**
	 * Put the configuration together on this machine.
	 * @param folder a copy of the configuration; the result lies beside it
	 * @param settings variables, and below {@code secrets/} the content of secret files
	 * @return the file
	 * @throws IOException if it cannot be written
	 */
	static Path assemble(Path folder, Map<String, String> settings) throws IOException {
		Path secrets = Files.createDirectories(folder.resolveSibling("secrets"));
		Path assembled = folder.resolveSibling("assembled.yml");
		List<String> command = new ArrayList<>(List.of("CONFIG_DIR=" + folder, "SECRETS_DIR=" + secrets,
				"ASSEMBLED=" + assembled, "NOTIFY_LANGUAGE=ko", "MAIL_FROM=monitoring@example.com",
				"MAIL_SMARTHOST=localhost:25", "MAIL_REQUIRE_TLS=true", "MAIL_INTERVAL=1h",
				"PAGERDUTY_URL=https://events.pagerduty.com/v2/enqueue"));
		for (Map.Entry<String, String> setting : settings.entrySet()) {
			if (setting.getKey().startsWith("secrets/")) {
				Files.writeString(secrets.resolve(setting.getKey().substring("secrets/".length())), setting.getValue());
			}
			else {
				command.add(setting.getKey() + "=" + setting.getValue());
			}
		}
		command.addAll(List.of("sh", folder.resolve("alertmanager-start").toString(), "--assemble"));
		Tool.Result result = Tool.named("env").run(command.toArray(String[]::new));
		if (result.exitCode() != 0) {
			throw new AssertionError(result.toString());
		}
		return assembled;
	}

	static void delete(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> {
				try {
					Files.delete(file);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
	}

	/**
	 * A container reads it as somebody else.
	 */
	static void readable(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.toList()) {
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
			}
		}
	}

}
