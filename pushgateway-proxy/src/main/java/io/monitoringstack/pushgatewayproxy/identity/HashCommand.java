package io.monitoringstack.pushgatewayproxy.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Makes the hash of a token or password that is read from standard input, never from the
 * command line, where others could see it.
 */
public final class HashCommand {

	private static final String TOKEN = "--hash-token";

	private static final String PASSWORD = "--hash-password";

	private static final int DONE = 0;

	private static final int WRONG_USAGE = 2;

	private static final int LONGEST = 4096;

	private HashCommand() {
	}

	/**
	 * Tells whether the command line asks for a hash.
	 * @param args command line
	 * @return whether to run this instead of the service
	 */
	public static boolean isAskedFor(String[] args) {
		return args.length > 0 && (TOKEN.equals(args[0]) || PASSWORD.equals(args[0]));
	}

	/**
	 * Prints the hash.
	 * @param args command line
	 * @param in the secret, with or without an end of line
	 * @param out takes the hash
	 * @param err takes what is wrong
	 * @return exit status
	 * @throws IOException if nothing can be read
	 */
	public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) throws IOException {
		String secret = firstLine(in);
		boolean token = TOKEN.equals(args[0]);
		String fault = (args.length > 1) ? "The secret is read from standard input, it must not be on the command line."
				: token ? faultOfToken(secret) : faultOfPassword(secret);
		if (fault != null) {
			err.println(fault);
			return WRONG_USAGE;
		}
		out.println(token ? SecretHash.ofToken(secret) : SecretHash.ofPassword(secret));
		return DONE;
	}

	private static @Nullable String faultOfToken(String token) {
		return (token.length() < SecretHash.SHORTEST_TOKEN) ? "A token has " + SecretHash.SHORTEST_TOKEN
				+ " characters at least and is generated: openssl rand -hex 32. For a password use " + PASSWORD + "."
				: null;
	}

	private static @Nullable String faultOfPassword(String password) {
		int bytes = password.getBytes(StandardCharsets.UTF_8).length;
		return (password.length() < SecretHash.SHORTEST_PASSWORD || bytes > SecretHash.LONGEST_PASSWORD)
				? "A password has " + SecretHash.SHORTEST_PASSWORD + " characters at least and "
						+ SecretHash.LONGEST_PASSWORD + " bytes at most."
				: null;
	}

	private static String firstLine(InputStream in) throws IOException {
		String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
		return text.lines().findFirst().orElse("");
	}

}
