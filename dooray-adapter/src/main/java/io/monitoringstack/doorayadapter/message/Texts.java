package io.monitoringstack.doorayadapter.message;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.monitoringstack.doorayadapter.alert.Severity;

/**
 * The fixed texts of messages in one language.
 */
final class Texts {

	static final String BUNDLE = "messages";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");

	private final ResourceBundle bundle;

	Texts(Language language) {
		// English is the base bundle; without this the machine's own language would win
		// over it.
		this.bundle = ResourceBundle.getBundle(BUNDLE, language.locale(),
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
	}

	// Returns the text with its placeholders filled. What is filled in is not looked at
	// again, so that a label cannot bring its own placeholder.
	String get(String key, Object... values) {
		return PLACEHOLDER.matcher(this.bundle.getString(key))
			.replaceAll((match) -> Matcher.quoteReplacement(show(values[Integer.parseInt(match.group(1))])));
	}

	private static String show(Object value) {
		return (value instanceof Number number) ? String.format(Locale.ROOT, "%,d", number.longValue())
				: value.toString();
	}

	String severity(Severity severity) {
		return get("severity." + severity.name().toLowerCase(Locale.ROOT));
	}

}
