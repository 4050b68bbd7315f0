package io.monitoringstack.demoapp.metrics;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptedFormatTests {

	@ParameterizedTest
	@ValueSource(strings = {
			"application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
					+ "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;q=0.4,"
					+ "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
			"application/openmetrics-text", "text/plain;q=0.5, application/openmetrics-text" })
	void isOpenMetricsForThoseWhoPreferIt(String accept) {
		assertThat(AcceptedFormat.of(accept)).isEqualTo(PrometheusOutputFormat.CONTENT_TYPE_OPENMETRICS_100);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "*/*", "text/plain", "text/html,*/*;q=0.8", "no type at all", "image/png",
			"application/openmetrics-text;q=0", "application/openmetrics-text;q=0.1,text/plain;q=0.9" })
	void isPlainTextForEverybodyElse(String accept) {
		assertThat(AcceptedFormat.of(accept)).isEqualTo(PrometheusOutputFormat.CONTENT_TYPE_004);
	}

}
