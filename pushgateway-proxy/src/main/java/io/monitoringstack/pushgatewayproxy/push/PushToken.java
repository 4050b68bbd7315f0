package io.monitoringstack.pushgatewayproxy.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The token that pushes and deletes must bring, kept as a digest only. It is accepted as
 * bearer token and, for clients that know nothing else, as the password of basic
 * authentication with any user name.
 */
public final class PushToken {

	private static final String BEARER = "Bearer ";

	private static final String BASIC = "Basic ";

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
	public static PushToken from(PushProperties properties) {
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

	public boolean isRequired() {
		return this.digest != null;
	}

	/**
	 * Tells whether a request may go on. Takes the same time for every wrong token.
	 * @param authorization value of the Authorization header, if there is one
	 * @return whether no token is required or this is it
	 */
	boolean accepts(@Nullable String authorization) {
		byte[] expected = this.digest;
		if (expected == null) {
			return true;
		}
		String presented = (authorization != null) ? presented(authorization) : null;
		return presented != null && MessageDigest.isEqual(expected, digest(presented));
	}

	static Refusal missing() {
		return new Refusal(401, Reason.UNAUTHORIZED,
				"A token is needed to push here: send it as Authorization: Bearer <token>, or as the password of basic authentication.",
				Map.of(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"pushgateway\""));
	}

	private static @Nullable String presented(String authorization) {
		if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return authorization.substring(BEARER.length()).strip();
		}
		if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
			return null;
		}
		try {
			byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
			String userAndPassword = new String(decoded, StandardCharsets.UTF_8);
			int colon = userAndPassword.indexOf(':');
			return (colon < 0) ? null : userAndPassword.substring(colon + 1);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
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
