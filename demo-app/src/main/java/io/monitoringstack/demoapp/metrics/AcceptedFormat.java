package io.monitoringstack.demoapp.metrics;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Which form of the exposition a scraper wants. OpenMetrics, the one with exemplars, only
 * when it is asked for by name; the plain text form for everybody else, browsers and
 * strange headers included.
 */
final class AcceptedFormat {

	private static final MediaType OPEN_METRICS = new MediaType("application", "openmetrics-text");

	private AcceptedFormat() {
	}

	static PrometheusOutputFormat of(@Nullable String accept) {
		return types(accept).stream()
			.filter((type) -> type.getQualityValue() > 0)
			.filter((type) -> isOpenMetrics(type) || type.includes(MediaType.TEXT_PLAIN))
			.max(Comparator.comparingDouble(MediaType::getQualityValue))
			.filter(AcceptedFormat::isOpenMetrics)
			.map((type) -> PrometheusOutputFormat.CONTENT_TYPE_OPENMETRICS_100)
			.orElse(PrometheusOutputFormat.CONTENT_TYPE_004);
	}

	private static boolean isOpenMetrics(MediaType type) {
		return type.equalsTypeAndSubtype(OPEN_METRICS);
	}

	private static List<MediaType> types(@Nullable String accept) {
		try {
			return MediaType.parseMediaTypes(accept);
		}
		catch (InvalidMediaTypeException ex) {
			return List.of();
		}
	}

}
