package io.monitoringstack.pushgatewayproxy.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.monitoringstack.pushgatewayproxy.identity.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The token that pushes and deletes must bring, kept as a digest only. It is accepted as
 * bearer token and, for clients that know nothing else, as the password of basic
 * authentication with any user name.
 */
final class PushToken {

	private final byte @Nullable [] digest;

	private PushToken(String token) {
		this.digest = token.isEmpty() ? null : digest(token);
	}

	/**
	 * Takes the token from the settings.
	 * @param properties settings
	 * @return the token, which may be none
	 * @throws IllegalStateException if the file cannot be read
	 */
	static PushToken from(PushProperties properties) {
		Path file = properties.bearerTokenFile();
		if (file != null && properties.hasTokenFile()) {
			return new PushToken(read(file));
		}
		String token = properties.bearerToken();
		return new PushToken((token != null) ? token.strip() : "");
	}

	private static String read(Path file) {
		try {
			// Compose mounts an empty file where no token is wanted.
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The file named by PUSH_BEARER_TOKEN_FILE cannot be read: " + file, ex);
		}
	}

	boolean isRequired() {
		return this.digest != null;
	}

	/**
	 * Tells whether a request may go on. Takes the same time for every wrong token.
	 * @param credentials what the request shows
	 * @return whether no token is required or this is it
	 */
	boolean accepts(@Nullable Credentials credentials) {
		byte[] expected = this.digest;
		return expected == null
				|| (credentials != null && MessageDigest.isEqual(expected, digest(credentials.secret())));
	}

	private static byte[] digest(String token) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "PushToken[required=" + isRequired() + "]";
	}

}
