package io.monitoringstack.pushgatewayproxy.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.settings.InvalidSettingsException;
import io.monitoringstack.pushgatewayproxy.settings.SettingLine;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the file. Messages about it quote no word that may be a secret.
 */
public final class TokenTable {

	private static final String EXAMPLE = "Write for example: ci sha256:<64 digits> jobs=ci-*,build label=team=ci";

	/** Each is looked at for each push. */
	private static final int MOST_TOKENS = 1000;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

	private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

	private final List<Token> tokens;

	private final VerifiedPasswords verified = new VerifiedPasswords();

	private TokenTable(List<Token> tokens) {
		this.tokens = tokens;
	}

	/**
	 * Makes tokens of lines.
	 * @param lines lines of the file
	 * @return the tokens
	 * @throws InvalidSettingsException if a line is not in order
	 */
	public static TokenTable parse(List<SettingLine> lines) {
		if (lines.size() > MOST_TOKENS) {
			throw lines.get(MOST_TOKENS).invalid("there are more than " + MOST_TOKENS + " tokens. Remove some.");
		}
		List<Token> tokens = new ArrayList<>();
		for (SettingLine line : lines) {
			tokens.add(token(line));
		}
		return new TokenTable(List.copyOf(tokens));
	}

	boolean isEmpty() {
		return this.tokens.isEmpty();
	}

	/**
	 * Finds out who it is, as far as that takes no time.
	 * @param credentials what was shown
	 * @return who it is, or {@code null} if it is nobody or has to be looked into
	 */
	@Nullable Identity find(Credentials credentials) {
		String user = credentials.user();
		byte[] digest = SecretHash.digest(credentials.secret());
		Identity found = null;
		// Goes on behind a match, so that the time taken tells nothing.
		for (Token token : this.tokens) {
			if (token.hash().hasDigest(digest) && (user == null || token.isNamed(user))) {
				found = token.identity();
			}
		}
		return (found == null && user != null && isSlow(credentials)) ? this.verified.find(user, credentials.secret())
				: found;
	}

	/**
	 * Tells whether it takes time to find out who it is.
	 * @param credentials what was shown
	 * @return whether to ask {@link #findSlowly}
	 */
	boolean isSlow(Credentials credentials) {
		String user = credentials.user();
		return user != null && this.tokens.stream().anyMatch((token) -> token.hash().isSlow() && token.isNamed(user));
	}

	/**
	 * Finds out who it is in a tenth of a second or more.
	 * @param credentials what was shown
	 * @return who it is, or {@code null} if it is nobody
	 */
	@Nullable Identity findSlowly(Credentials credentials) {
		String user = credentials.user();
		if (user == null) {
			return null;
		}
		// Another push may have been waiting for the same.
		Identity found = this.verified.find(user, credentials.secret());
		for (Token token : this.tokens) {
			if (found == null && token.hash().isSlow() && token.isNamed(user)
					&& token.hash().matches(credentials.secret())) {
				found = token.identity();
				this.verified.add(user, credentials.secret(), found);
			}
		}
		return found;
	}

	int verifiedPasswords() {
		return this.verified.size();
	}

	private static Token token(SettingLine line) {
		if (!NAME.matcher(line.first()).matches()) {
			throw line.invalid(
					"the first word must be a name of letters, digits and . _ @ - beginning with a letter or digit. "
							+ EXAMPLE);
		}
		if (line.words().size() < 3) {
			throw line.invalid("a name, a hash and jobs= are needed. " + EXAMPLE);
		}
		List<JobPattern> jobs = new ArrayList<>();
		Map<String, String> labels = new LinkedHashMap<>();
		for (String word : line.words().subList(2, line.words().size())) {
			if (word.startsWith("jobs=")) {
				for (String job : word.substring("jobs=".length()).split(",")) {
					jobs.add(new JobPattern(job.strip()));
				}
			}
			else if (word.startsWith("label=")) {
				addLabel(line, word.substring("label=".length()), labels);
			}
			else {
				throw line.invalid("a word behind the hash is neither jobs= nor label=. " + EXAMPLE);
			}
		}
		if (jobs.isEmpty() || jobs.stream().anyMatch((job) -> job.text().isEmpty())) {
			throw line.invalid(
					"jobs= names no job, or an empty one. Write jobs=* for all jobs, else patterns: jobs=ci-*,build");
		}
		return new Token(new Identity(line.first(), jobs, labels), hash(line));
	}

	private static void addLabel(SettingLine line, String label, Map<String, String> labels) {
		int equals = label.indexOf('=');
		String name = (equals > 0) ? label.substring(0, equals) : "";
		if (!LABEL.matcher(name).matches() || name.startsWith("__") || equals == label.length() - 1) {
			throw line.invalid("label= must be followed by a name, = and a value. " + EXAMPLE);
		}
		if ("job".equals(name)) {
			throw line.invalid("label=job= is not possible. Say by jobs= which jobs the token allows.");
		}
		if (labels.put(name, label.substring(equals + 1)) != null) {
			throw line.invalid("label " + Excerpt.plain(name) + " is there twice. Keep one.");
		}
	}

	private static SecretHash hash(SettingLine line) {
		try {
			return SecretHash.read(line.words().get(1));
		}
		catch (IllegalArgumentException ex) {
			throw line.invalid(String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public String toString() {
		return "TokenTable[tokens=" + this.tokens.size() + "]";
	}

}
