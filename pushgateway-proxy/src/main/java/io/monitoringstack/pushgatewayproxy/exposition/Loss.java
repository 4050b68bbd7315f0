package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.List;
import java.util.Set;

/**
 * What OpenMetrics holds and Pushgateway has no place for.
 */
enum Loss {

	EXEMPLARS("exemplars"), UNITS("units"), CREATED("_created");

	private final String label;

	Loss(String label) {
		this.label = label;
	}

	static List<String> labels(Set<Loss> losses) {
		return losses.stream().map((loss) -> loss.label).toList();
	}

}
