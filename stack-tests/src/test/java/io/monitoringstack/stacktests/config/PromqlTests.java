package io.monitoringstack.stacktests.config;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PromqlTests {

	@Test
	void findsMetricsBesideFunctionsLabelsAndWords() {
		assertThat(Promql.metrics("""
				sum by (job, le) (rate(requests_total{code=~"5..}", path!="a b"}[5m])) # comment_here
				  / on (job) group_left (team) max without(instance)(job:limit:max offset 5m) > 1e3
				  and time() - last_seconds > 86400 or up""")).containsExactly("job:limit:max", "last_seconds",
				"requests_total", "up");
	}

}
