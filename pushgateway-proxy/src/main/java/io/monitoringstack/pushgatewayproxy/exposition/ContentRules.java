package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Set;

/**
 * What a body is checked against.
 *
 * @param groupLabels names of the labels in the path, which overwrite labels of the body
 * @param utf8Names whether Pushgateway runs with {@code --push.enable-utf8-names}
 * @param maxSeries how many series one push may hold
 */
public record ContentRules(Set<String> groupLabels, boolean utf8Names, int maxSeries) {

	/**
	 * Labels in one series. Prometheus has no such limit; a series with more is a
	 * mistake, and looking for duplicate names takes quadratic time.
	 */
	static final int MAX_LABELS = 200;

}
