package io.monitoringstack.pushgatewayproxy.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings from a file that may change while the service runs. A changed file is taken
 * when two looks in a row found the same in it, so that no half-written one is; one that
 * is not in order is reported once, and what was read before stays in force.
 *
 * @param <T> what the file is read into
 */
public final class WatchedSettings<T> {

	private static final Logger logger = LoggerFactory.getLogger(WatchedSettings.class);

	/** Some ten thousand lines. */
	private static final int LARGEST = 1024 * 1024;

	private final String variable;

	private final @Nullable Path file;

	private final Function<List<SettingLine>, T> reader;

	private final boolean staysOn;

	private byte[] taken = new byte[0];

	private byte @Nullable [] seen;

	private byte @Nullable [] reported;

	private @Nullable String unreadable;

	private volatile T current;

	private volatile boolean inOrder = true;

	private volatile int faultyLine;

	private WatchedSettings(String variable, @Nullable Path file, Function<List<SettingLine>, T> reader,
			boolean staysOn) {
		this.variable = variable;
		this.file = file;
		this.reader = reader;
		this.staysOn = staysOn;
		if (file == null) {
			this.current = reader.apply(List.of());
			return;
		}
		try {
			this.taken = read(file);
			this.current = parse(this.taken);
		}
		catch (IOException ex) {
			throw new InvalidSettingsException(InvalidSettingsException.NO_LINE, unreadable(ex))
				.in(variable + " (" + file + ")");
		}
		catch (InvalidSettingsException ex) {
			throw ex.in(variable + " (" + file + ")");
		}
	}

	/**
	 * Reads settings for the first time.
	 * @param <T> what they are read into
	 * @param variable variable that names the file, for messages
	 * @param file the file; none if it is {@code null} or has no name
	 * @param reader makes settings of lines
	 * @param staysOn whether a file that says something may not be emptied later, because
	 * that would open a door
	 * @return the settings
	 * @throws InvalidSettingsException if they are not in order
	 */
	public static <T> WatchedSettings<T> of(String variable, @Nullable Path file, Function<List<SettingLine>, T> reader,
			boolean staysOn) {
		boolean none = file == null || file.toString().isEmpty();
		return new WatchedSettings<>(variable, none ? null : file, reader, staysOn);
	}

	/**
	 * What is in force.
	 * @return the settings read last that were in order
	 */
	public T current() {
		return this.current;
	}

	boolean isFile() {
		return this.file != null;
	}

	/**
	 * Whether the file as it is now was, or will be, taken.
	 * @return {@code false} from the report of a fault until it is mended
	 */
	boolean isInOrder() {
		return this.inOrder;
	}

	int faultyLine() {
		return this.faultyLine;
	}

	/**
	 * Looks whether the file has changed.
	 */
	synchronized void look() {
		if (this.file == null) {
			return;
		}
		byte[] now;
		try {
			now = read(this.file);
			this.unreadable = null;
		}
		catch (IOException ex) {
			String why = unreadable(ex);
			if (!why.equals(this.unreadable)) {
				this.unreadable = why;
				report(new InvalidSettingsException(InvalidSettingsException.NO_LINE, why));
			}
			this.seen = null;
			this.reported = null;
			return;
		}
		if (Arrays.equals(now, this.taken)) {
			mended();
		}
		else if (!Arrays.equals(now, this.seen)) {
			this.seen = now;
		}
		else if (!Arrays.equals(now, this.reported)) {
			take(now);
		}
	}

	private void take(byte[] now) {
		try {
			T next = parse(now);
			if (this.staysOn && isSilent(now) && !isSilent(this.taken)) {
				throw new InvalidSettingsException(InvalidSettingsException.NO_LINE,
						"it is empty, which would let everybody in. To do that, start anew with the empty file.");
			}
			this.current = next;
			this.taken = now;
			mended();
			logger.info("{} was read anew and is in force", this.variable);
		}
		catch (InvalidSettingsException ex) {
			this.reported = now;
			report(ex);
		}
	}

	private void mended() {
		this.seen = null;
		this.reported = null;
		this.inOrder = true;
		this.faultyLine = InvalidSettingsException.NO_LINE;
	}

	private void report(InvalidSettingsException ex) {
		this.inOrder = false;
		this.faultyLine = ex.line();
		logger.error("a settings file was not taken, what was read before stays in force: {}",
				ex.sentence(this.variable));
	}

	private static boolean isSilent(byte[] content) {
		return SettingLine.read(text(content)).isEmpty();
	}

	private T parse(byte[] content) {
		return this.reader.apply(SettingLine.read(text(content)));
	}

	private static String text(byte[] content) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new InvalidSettingsException(InvalidSettingsException.NO_LINE, "it is not UTF-8. Save it as that.");
		}
	}

	private static byte[] read(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] content = in.readNBytes(LARGEST + 1);
			if (content.length > LARGEST) {
				throw new IOException("it is larger than " + LARGEST + " bytes");
			}
			return content;
		}
	}

	private static String unreadable(IOException ex) {
		String why = (ex instanceof NoSuchFileException) ? "there is no such file"
				: (ex instanceof AccessDeniedException) ? "this service may not read it"
						: String.valueOf(ex.getMessage());
		return "it cannot be read: " + why + ".";
	}

}
