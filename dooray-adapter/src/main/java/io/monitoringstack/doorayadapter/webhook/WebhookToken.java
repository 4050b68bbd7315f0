package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token callers have to send, as a Bearer token or as the password of Basic
 * authentication. Reads its file at each use, so that a new token counts at once; a file
 * that cannot be read any more leaves the last token in force.
 */
final class WebhookToken {

	private static final Logger logger = LoggerFactory.getLogger(WebhookToken.class);

	private final @Nullable Path file;

	private volatile String token;

	private volatile boolean unreadable;

	WebhookToken(WebhookProperties properties) {
		Path path = properties.bearerTokenFile();
		this.file = (path != null && !path.toString().isBlank()) ? path : null;
		String value = (properties.bearerToken() != null) ? properties.bearerToken().strip() : "";
		if (this.file != null && !value.isEmpty()) {
			throw new IllegalArgumentException(
					"WEBHOOK_BEARER_TOKEN and WEBHOOK_BEARER_TOKEN_FILE are both set: set one of them");
		}
		this.token = (this.file != null) ? readAtStart(this.file) : value;
	}

	private static String readAtStart(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("WEBHOOK_BEARER_TOKEN_FILE names a file that cannot be read", ex);
		}
	}

	// Returns whether the header proves that the caller knows the token. Without a token
	// everybody may call.
	boolean accepts(@Nullable String authorization) {
		String expected = current();
		return expected.isEmpty() || (authorization != null && same(expected, password(authorization)));
	}

	private String current() {
		if (this.file != null) {
			try {
				this.token = Files.readString(this.file).strip();
				this.unreadable = false;
			}
			catch (IOException ex) {
				if (!this.unreadable) {
					logger.error("WEBHOOK_BEARER_TOKEN_FILE cannot be read any more, the last token stays in force");
				}
				this.unreadable = true;
			}
		}
		return this.token;
	}

	private static String password(String authorization) {
		String[] parts = authorization.strip().split("\\s+", 2);
		String credentials = (parts.length > 1) ? parts[1] : "";
		if ("bearer".equalsIgnoreCase(parts[0])) {
			return credentials;
		}
		return "basic".equalsIgnoreCase(parts[0]) ? decode(credentials).replaceFirst("(?s)^[^:]*:", "") : "";
	}

	private static String decode(String base64) {
		try {
			return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	// Compares hashes, so that the time taken tells neither content nor length.
	private static boolean same(String expected, String given) {
		return MessageDigest.isEqual(hash(expected), hash(given));
	}

	private static byte[] hash(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
