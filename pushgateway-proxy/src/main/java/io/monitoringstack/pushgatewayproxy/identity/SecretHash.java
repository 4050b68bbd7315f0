package io.monitoringstack.pushgatewayproxy.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * What is known of a secret: enough to recognize it. SHA-256 is for tokens that were
 * generated, which nobody can guess; bcrypt, which takes its time, for passwords that
 * people thought of.
 */
final class SecretHash {

	/** Shorter ones may be guessed when the file gets lost. */
	static final int SHORTEST_TOKEN = 32;

	static final int SHORTEST_PASSWORD = 12;

	/** More of a password bcrypt does not look at. */
	static final int LONGEST_PASSWORD = 72;

	private static final String SHA256 = "sha256:";

	private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

	private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

	/** Below it is guessed too fast, above a push waits too long. */
	private static final int LOWEST_COST = 10;

	private static final int HIGHEST_COST = 14;

	private static final int USUAL_COST = 12;

	private final byte @Nullable [] digest;

	private final String bcrypt;

	private SecretHash(byte @Nullable [] digest, String bcrypt) {
		this.digest = digest;
		this.bcrypt = bcrypt;
	}

	/**
	 * Reads a hash.
	 * @param text the hash as in the file
	 * @return the hash
	 * @throws IllegalArgumentException if it is none; says what to write and quotes
	 * nothing, because it may be the secret itself
	 */
	static SecretHash read(String text) {
		if (text.startsWith(SHA256) && HEX.matcher(text.substring(SHA256.length())).matches()) {
			return new SecretHash(HexFormat.of().parseHex(text.substring(SHA256.length())), "");
		}
		Matcher bcrypt = BCRYPT.matcher(text);
		if (!bcrypt.matches()) {
			throw new IllegalArgumentException(
					"the second word is no hash. Write what --hash-token or --hash-password prints: sha256: and 64 hexadecimal digits, or bcrypt's $2b$12$…");
		}
		int cost = Integer.parseInt(bcrypt.group(1));
		if (cost < LOWEST_COST || cost > HIGHEST_COST) {
			throw new IllegalArgumentException("the cost of the bcrypt hash is " + cost
					+ ". Make one with a cost between " + LOWEST_COST + " and " + HIGHEST_COST + ".");
		}
		return new SecretHash(null, text);
	}

	static String ofToken(String token) {
		return SHA256 + HexFormat.of().formatHex(digest(token));
	}

	static String ofPassword(String password) {
		return BCrypt.hashpw(password, BCrypt.gensalt("$2b", USUAL_COST));
	}

	boolean isSlow() {
		return this.digest == null;
	}

	/**
	 * Tells whether this is the hash of a secret. Takes the same time for every wrong
	 * one: microseconds, or a tenth of a second and more if {@link #isSlow it is slow}.
	 * @param secret the secret
	 * @return whether it is the one
	 */
	boolean matches(String secret) {
		byte[] expected = this.digest;
		if (expected != null) {
			return MessageDigest.isEqual(expected, digest(secret));
		}
		return secret.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD
				&& BCrypt.checkpw(secret, this.bcrypt);
	}

	/**
	 * Tells whether this is the hash of the secret that has a digest. Takes the same time
	 * for every wrong one.
	 * @param presented what {@link #digest} makes of the secret
	 * @return whether it is the one; never if it is slow
	 */
	boolean hasDigest(byte[] presented) {
		byte[] expected = this.digest;
		return expected != null && MessageDigest.isEqual(expected, presented);
	}

	static byte[] digest(String secret) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "SecretHash[<redacted>]";
	}

}
