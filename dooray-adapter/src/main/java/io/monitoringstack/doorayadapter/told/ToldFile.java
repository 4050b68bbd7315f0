package io.monitoringstack.doorayadapter.told;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was told in a file, so that a restart does not make everything new. It is
 * written beside and then put in its place: whoever is killed leaves the old or the new
 * one. Losing it costs nothing but the words "new" and "ongoing".
 */
final class ToldFile {

	private static final Logger logger = LoggerFactory.getLogger(ToldFile.class);

	private static final String HEAD = "dooray-adapter told 1";

	private final Path file;

	private final Path beside;

	private boolean failing;

	ToldFile(Path folder) {
		this.file = folder.resolve("told");
		this.beside = folder.resolve("told.new");
	}

	// Returns what the file holds; nothing when there is none or it cannot be read.
	Map<String, LastTold> load() {
		Map<String, LastTold> told = new LinkedHashMap<>();
		if (!Files.exists(this.file)) {
			return told;
		}
		try {
			List<String> lines = Files.readAllLines(this.file);
			if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
				throw new NumberFormatException("Not a file of this kind");
			}
			for (String line : lines.subList(1, lines.size())) {
				String[] parts = line.split(" ", 2);
				told.put(parts[0], LastTold.decode((parts.length > 1) ? parts[1] : ""));
			}
			logger.info("Remembered what was told: groups={}", told.size());
			return told;
		}
		catch (IOException | NumberFormatException ex) {
			logger.warn("What was told before cannot be read, all counts as new: {}", ex.getClass().getSimpleName());
			return new LinkedHashMap<>();
		}
	}

	// Returns whether it was written.
	synchronized boolean save(Map<String, LastTold> told) {
		try (BufferedWriter writer = Files.newBufferedWriter(this.beside)) {
			writer.write(HEAD);
			for (Map.Entry<String, LastTold> entry : told.entrySet()) {
				writer.write("\n" + entry.getKey() + " " + entry.getValue().encode());
			}
			writer.write("\n");
		}
		catch (IOException ex) {
			return failed(ex);
		}
		try {
			Files.move(this.beside, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			this.failing = false;
			return true;
		}
		catch (IOException ex) {
			return failed(ex);
		}
	}

	private boolean failed(IOException failure) {
		if (!this.failing) {
			logger.warn("What was told cannot be written to ADAPTER_STATE_DIR, a restart will not know it: {}",
					failure.getClass().getSimpleName());
		}
		this.failing = true;
		return false;
	}

}
