package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files of this repository, named relative to its root.
 */
final class Repository {

	static final Path ROOT = findRoot();

	private Repository() {
	}

	static Path path(String name) {
		return ROOT.resolve(name);
	}

	static String read(String name) {
		return read(path(name));
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Files directly in a folder whose name ends as given, in order of their names.
	 */
	static List<Path> files(String folder, String ending) {
		try (Stream<Path> files = Files.list(path(folder))) {
			return files.filter((file) -> Files.isRegularFile(file) && file.toString().endsWith(ending))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * All files below a folder whose name ends as given, without what a build leaves.
	 */
	static List<Path> filesBelow(String folder, String ending) {
		try (Stream<Path> files = Files.walk(path(folder))) {
			return files.filter(Files::isRegularFile)
				.filter((file) -> file.toString().endsWith(ending))
				.filter((file) -> Stream.of("target", ".git", ".stack")
					.noneMatch((name) -> ROOT.relativize(file).startsWith(name)
							|| ROOT.relativize(file).toString().contains("/" + name + "/")))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String name(Path file) {
		return Objects.requireNonNull(file.getFileName()).toString();
	}

	private static Path findRoot() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.exists(folder.resolve("docker-compose.yml"))) {
			folder = Objects.requireNonNull(folder.getParent(), "not started inside the repository");
		}
		return folder;
	}

}
