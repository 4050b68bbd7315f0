package io.monitoringstack.demoapp.metrics;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The exposition at the address that Prometheus uses by default. What is served is what
 * {@code /actuator/prometheus} serves.
 */
@RestController
final class MetricsController {

	private final PrometheusScrapeEndpoint endpoint;

	MetricsController(PrometheusScrapeEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@GetMapping({ "/metrics", "/metrics/" })
	ResponseEntity<byte[]> scrape(@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
		WebEndpointResponse<byte[]> scraped = this.endpoint.scrape(AcceptedFormat.of(accept), null);
		return ResponseEntity.status(scraped.getStatus())
			.header(HttpHeaders.CONTENT_TYPE, String.valueOf(scraped.getContentType()))
			.body(scraped.getBody());
	}

}
