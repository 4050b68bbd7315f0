package io.monitoringstack.pushgatewayproxy.grouping;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;

/**
 * Which label names and values a path may hold.
 *
 * @param utf8Names whether Pushgateway runs with {@code --push.enable-utf8-names}
 * @param anyValue whether values that are not UTF-8 pass, as they do for a delete
 */
public record PathRules(boolean utf8Names, boolean anyValue) {

	void checkName(PathSegment segment) {
		String name = segment.name();
		if (name.startsWith("__")) {
			throw PushPath.refused("improper label name " + Excerpt.quoted(name)
					+ " in the path: names that start with two underscores are reserved.");
		}
		if (segment.holdsSlash() || !(this.utf8Names ? !name.isEmpty() : isLabelName(name))) {
			throw PushPath.refused("improper label name " + Excerpt.quoted(name)
					+ " in the path: a name is made of letters, digits and underscores and does not start with a digit.");
		}
	}

	void checkValue(PathSegment name, byte[] value) {
		if (!this.anyValue && !PathSegment.isUtf8(value)) {
			throw PushPath
				.refused("The value of label " + Excerpt.plain(name.name()) + " in the path is not valid UTF-8.");
		}
	}

	private static boolean isLabelName(String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
			if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
				return false;
			}
		}
		return !name.isEmpty();
	}

}
