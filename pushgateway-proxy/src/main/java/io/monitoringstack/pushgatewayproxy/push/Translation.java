package io.monitoringstack.pushgatewayproxy.push;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A body was turned into a format that Pushgateway reads.
 *
 * @param contentType type of what goes on, which is not compressed
 * @param dropped names of what Pushgateway has no place for
 */
record Translation(String contentType, List<String> dropped) {

	/** Header of the answer to a push that was taken, but not whole. */
	static final String WARNING = "X-Push-Warning";

	/**
	 * Says what is missing in Pushgateway.
	 * @return a sentence, or {@code null} if nothing is
	 */
	@Nullable String warning() {
		if (this.dropped.isEmpty()) {
			return null;
		}
		int last = this.dropped.size() - 1;
		String before = String.join(", ", this.dropped.subList(0, last));
		return before + (before.isEmpty() ? "" : " and ") + this.dropped.get(last) + " were dropped";
	}

}
