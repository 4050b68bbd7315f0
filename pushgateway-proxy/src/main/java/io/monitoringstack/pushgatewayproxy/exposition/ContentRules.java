package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Set;

/**
 * What a body is checked against.
 *
 * @param groupLabels names of the labels in the path, which overwrite labels of the body
 * @param utf8Names whether Pushgateway runs with {@code --push.enable-utf8-names}
 * @param maxSeries how many series one push may hold
 * @param scope how far the check goes
 */
public record ContentRules(Set<String> groupLabels, boolean utf8Names, int maxSeries, Scope scope) {

	/**
	 * Labels in one series. Prometheus has no such limit; a series with more is a
	 * mistake, and looking for duplicate names takes quadratic time.
	 */
	static final int MAX_LABELS = 200;

	public ContentRules(Set<String> groupLabels, boolean utf8Names, int maxSeries) {
		this(groupLabels, utf8Names, maxSeries, Scope.CONTENT);
	}

	boolean isComplete() {
		return this.scope == Scope.COMPLETE;
	}

	boolean isSyntaxOnly() {
		return this.scope == Scope.SYNTAX;
	}

	/**
	 * Looks at the syntax only.
	 * @return the same rules otherwise
	 */
	public ContentRules syntaxOnly() {
		return new ContentRules(this.groupLabels, this.utf8Names, this.maxSeries, Scope.SYNTAX);
	}

	/**
	 * How far a check goes.
	 */
	public enum Scope {

		/** Whether Pushgateway could read it. */
		SYNTAX,

		/** And whether it contradicts itself. The rest is left to Pushgateway. */
		CONTENT,

		/**
		 * And what it holds, because nobody checks it later. Refuses also what would
		 * break Pushgateway's scrape or pages though its own check lets it pass.
		 */
		COMPLETE

	}

}
