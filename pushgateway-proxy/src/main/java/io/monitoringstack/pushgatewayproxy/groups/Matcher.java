package io.monitoringstack.pushgatewayproxy.groups;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A condition on one label of a group. A label that is not there is empty.
 *
 * @param name name of the label
 * @param negated whether the value must not fit
 * @param value the value, or the pattern as text
 * @param pattern the pattern that the whole value must fit, if it is one
 */
record Matcher(String name, boolean negated, String value, @Nullable Pattern pattern) {

	boolean matches(String actual) {
		Pattern wanted = this.pattern;
		boolean fits = (wanted != null) ? wanted.matcher(new PatientText(actual)).matches() : actual.equals(this.value);
		return fits != this.negated;
	}

}
