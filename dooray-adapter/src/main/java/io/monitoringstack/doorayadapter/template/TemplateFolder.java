package io.monitoringstack.doorayadapter.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.monitoringstack.doorayadapter.message.MessageTemplate;
import io.monitoringstack.doorayadapter.message.MessageTemplates;
import io.monitoringstack.doorayadapter.routing.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with one file for each channel that has texts of its own;
 * <code>default.mustache</code> serves all others. Looked at again while the service
 * runs.
 */
final class TemplateFolder implements MessageTemplates {

	private static final Logger logger = LoggerFactory.getLogger(TemplateFolder.class);

	private static final String ENDING = ".mustache";

	/** Far more than anybody writes, and little enough to read each second. */
	static final int MOST_BYTES = 16 * 1024;

	private static final int MOST_FILES = 100;

	private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();

	private final Path folder;

	private final LongSupplier nanoTime;

	private final ReentrantLock refreshing = new ReentrantLock();

	private volatile Map<String, LoadedTemplate> templates = Map.of();

	private Map<String, String> texts = Map.of();

	private volatile String folderProblem = "";

	private volatile long readAt;

	TemplateFolder(Path folder, LongSupplier nanoTime) {
		this.folder = folder;
		this.nanoTime = nanoTime;
		this.readAt = nanoTime.getAsLong();
		refresh();
	}

	@Override
	public @Nullable MessageTemplate of(String channel) {
		Map<String, LoadedTemplate> current = current();
		LoadedTemplate own = current.getOrDefault(channel, current.get(Channel.DEFAULT));
		return (own != null) ? own.forOneMessage() : null;
	}

	@Override
	public Collection<String> channels() {
		return current().keySet();
	}

	@Override
	public List<String> problems() {
		Stream<String> files = current().values().stream().map(LoadedTemplate::problem);
		return Stream.concat(Stream.of(this.folderProblem), files).filter((problem) -> !problem.isEmpty()).toList();
	}

	private Map<String, LoadedTemplate> current() {
		if (this.nanoTime.getAsLong() - this.readAt > REFRESH_NANOS && this.refreshing.tryLock()) {
			try {
				refresh();
				this.readAt = this.nanoTime.getAsLong();
			}
			finally {
				this.refreshing.unlock();
			}
		}
		return this.templates;
	}

	// Only what changed is made anew: a template remembers that its failure was told.
	private void refresh() {
		Map<String, String> read = new TreeMap<>();
		Map<String, LoadedTemplate> loaded = new TreeMap<>();
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.filter((file) -> file.getFileName().toString().endsWith(ENDING))
				.sorted()
				.limit(MOST_FILES)
				.toList()) {
				load(file, read, loaded);
			}
			this.folderProblem = "";
		}
		catch (IOException ex) {
			if (this.folderProblem.isEmpty()) {
				logger.error("NOTIFY_TEMPLATE_DIR cannot be read, the built-in texts stand in");
			}
			this.folderProblem = "NOTIFY_TEMPLATE_DIR names a folder that cannot be read.";
		}
		if (!read.equals(this.texts)) {
			this.texts = new HashMap<>(read);
			this.templates = Map.copyOf(loaded);
			logger.info("Message templates were read, channels: {}", loaded.keySet());
		}
	}

	private void load(Path file, Map<String, String> read, Map<String, LoadedTemplate> loaded) {
		String name = file.getFileName().toString();
		String channel = Channel.normalise(name.substring(0, name.length() - ENDING.length()));
		String text;
		String problem = "";
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = in.readNBytes(MOST_BYTES + 1);
			text = new String(bytes, StandardCharsets.UTF_8);
			problem = (bytes.length > MOST_BYTES) ? name + " is larger than 16 KB" : "";
		}
		catch (IOException ex) {
			text = "";
			problem = name + " cannot be read";
		}
		String version = problem + "\n" + text;
		if (text.isBlank() && problem.isEmpty()) {
			return;
		}
		read.put(channel, version);
		LoadedTemplate before = version.equals(this.texts.get(channel)) ? this.templates.get(channel) : null;
		if (before != null) {
			loaded.put(channel, before);
			return;
		}
		LoadedTemplate now = problem.isEmpty() ? LoadedTemplate.of(name, text) : LoadedTemplate.broken(name, problem);
		if (!now.problem().isEmpty()) {
			logger.error("A message template cannot be used, the built-in texts stand in: {}", now.problem());
		}
		loaded.put(channel, now);
	}

}
