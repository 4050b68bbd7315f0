package io.monitoringstack.doorayadapter.duty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table as its file has it. The file is read again while the service runs; one that
 * turned bad leaves the last good table in use, and one that was bad from the start
 * mentions nobody: alerts matter more than mentions.
 */
final class DutyFile {

	/** More is not a table of people. */
	static final int MOST_BYTES = 256 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(DutyFile.class);

	private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();

	private final @Nullable Path file;

	private final ReentrantLock refreshing = new ReentrantLock();

	private volatile DutyTable table = DutyTable.EMPTY;

	private volatile String problem = "";

	private volatile long readAt;

	private String text = "";

	DutyFile(@Nullable Path file) {
		this.file = file;
		refresh();
	}

	boolean present() {
		return this.file != null;
	}

	DutyTable table() {
		if (System.nanoTime() - this.readAt > REFRESH_NANOS && this.refreshing.tryLock()) {
			try {
				refresh();
			}
			finally {
				this.refreshing.unlock();
			}
		}
		return this.table;
	}

	// Returns what is wrong with the file now, empty when nothing is.
	String problem() {
		table();
		return this.problem;
	}

	private void refresh() {
		Path path = this.file;
		if (path != null) {
			String wrong = read(path);
			if (!wrong.isEmpty() && !wrong.equals(this.problem)) {
				logger.error("The last good duty table stays in use ({} teams): DUTY_FILE: {}",
						this.table.teams().size(), wrong);
			}
			this.problem = wrong;
		}
		this.readAt = System.nanoTime();
	}

	private String read(Path path) {
		try (InputStream in = Files.newInputStream(path)) {
			byte[] bytes = in.readNBytes(MOST_BYTES + 1);
			String read = new String(bytes, StandardCharsets.UTF_8);
			if (bytes.length > MOST_BYTES) {
				return "it has more than 256 KB.";
			}
			if (!read.equals(this.text) || !this.problem.isEmpty()) {
				this.table = read.isBlank() ? DutyTable.EMPTY : DutyReader.read(read);
				this.text = read;
				logger.info("Duty table read: teams={}", this.table.teams().keySet());
			}
			return "";
		}
		catch (IOException ex) {
			return "the file cannot be read.";
		}
		catch (InvalidDutyException ex) {
			return ex.sentence();
		}
	}

}
