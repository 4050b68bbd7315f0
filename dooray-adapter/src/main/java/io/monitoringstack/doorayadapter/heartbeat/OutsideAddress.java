package io.monitoringstack.doorayadapter.heartbeat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address of a watcher outside, a secret: from a variable, or from a file that may
 * change while the service runs. A file that turned bad leaves the last good address in
 * use.
 */
final class OutsideAddress implements Supplier<@Nullable URI> {

	private static final Logger logger = LoggerFactory.getLogger(OutsideAddress.class);

	private final @Nullable Path file;

	private volatile @Nullable URI address;

	private volatile boolean reported;

	OutsideAddress(HeartbeatProperties properties) {
		this.file = properties.urlFile();
		String fromFile = (this.file != null) ? read(this.file) : "";
		if (properties.url() != null && !fromFile.isEmpty()) {
			throw new InvalidHeartbeatException("HEARTBEAT_URL and HEARTBEAT_URL_FILE are both set: set one of them");
		}
		this.address = parse((properties.url() != null) ? properties.url() : fromFile);
	}

	@Override
	public @Nullable URI get() {
		Path path = this.file;
		if (path != null) {
			try {
				String text = read(path);
				this.address = text.isEmpty() ? this.address : parse(text);
				this.reported = false;
			}
			catch (InvalidHeartbeatException ex) {
				if (!this.reported) {
					logger.error("The last good address stays in use: {}", ex.sentence());
				}
				this.reported = true;
			}
		}
		return this.address;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			// Not as cause: its text is the path, which is all the reader needs to know.
			throw new InvalidHeartbeatException("HEARTBEAT_URL_FILE names a file that cannot be read");
		}
	}

	// Its text must not be part of an error.
	private static @Nullable URI parse(String text) {
		if (text.isEmpty()) {
			return null;
		}
		try {
			URI url = new URI(text);
			if (url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?")) {
				return url;
			}
		}
		catch (URISyntaxException ex) {
			// As any other text that is no address.
		}
		throw new InvalidHeartbeatException("HEARTBEAT_URL or its file does not hold a valid http(s) URL");
	}

}
