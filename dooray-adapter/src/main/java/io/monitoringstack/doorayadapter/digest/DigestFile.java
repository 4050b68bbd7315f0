package io.monitoringstack.doorayadapter.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the last digest that was told. In a file, so that a restart neither tells
 * it again nor leaves one out.
 */
final class DigestFile {

	private static final Logger logger = LoggerFactory.getLogger(DigestFile.class);

	private final @Nullable Path file;

	private Instant told;

	DigestFile(@Nullable Path folder, Instant start) {
		this.file = (folder != null && Files.isDirectory(folder) && Files.isWritable(folder)) ? folder.resolve("digest")
				: null;
		this.told = read(this.file, start);
	}

	// Before the first digest nothing was missed.
	private static Instant read(@Nullable Path file, Instant start) {
		if (file == null || !Files.exists(file)) {
			return start;
		}
		try {
			Instant told = Instant.parse(Files.readString(file).strip());
			return told.isAfter(start) ? start : told;
		}
		catch (IOException | DateTimeException ex) {
			logger.warn("The time of the last digest cannot be read, none counts as missed: {}",
					ex.getClass().getSimpleName());
			return start;
		}
	}

	synchronized Instant told() {
		return this.told;
	}

	synchronized void told(Instant time) {
		this.told = time;
		Path path = this.file;
		if (path == null) {
			return;
		}
		try {
			Path beside = Files.writeString(path.resolveSibling("digest.new"), time.toString());
			Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			logger.warn("The time of the digest cannot be written, a restart may tell it again: {}",
					ex.getClass().getSimpleName());
		}
	}

}
