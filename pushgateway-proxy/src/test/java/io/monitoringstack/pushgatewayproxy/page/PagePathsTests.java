package io.monitoringstack.pushgatewayproxy.page;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PagePathsTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/metrics", "/api/v1/metrics", "/api/v1/status", "/-/healthy", "/-/ready",
			"/static/functions.js", "/static/bootstrap-4.3.1-dist/css/bootstrap.min.css",
			"/static/bootstrap4-glyphicons/fonts/glyphicons/glyphicons-halflings-regular.woff2" })
	void holdsWhatThePageNeeds(String path) {
		assertThat(PagePaths.contains(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "//", "/metrics/", "/status", "/-/quit", "/-/healthy/", "/api/v1/admin/wipe",
			"/api/v1/", "/debug/pprof/", "/static", "/static/", "/static/css/", "/static/a//b", "/static/../metrics",
			"/static/./x", "/static/.hidden", "/static/a/..", "/static/%2e%2e/x", "/static/a%2f", "/static/index.html",
			"/static/x/index.html", "/%2d/healthy", "/static/a\\b" })
	void holdsNothingElseInNoOtherSpelling(String path) {
		assertThat(PagePaths.contains(path)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "/metrics/job/x,GET,405,'PUT, POST, DELETE'", "/metrics,POST,405,'GET, HEAD'",
			"/api/v1/admin/wipe,PUT,404,Served are", "/metrics/jobs/x,PUT,404,/metrics/job/<job>" })
	void saysWhatExists(String path, String verb, int status, String text) {
		assertThat(NothingHereFilter.answer(path, verb).status()).isEqualTo(status);
		assertThat(NothingHereFilter.answer(path, verb).text()).contains(text);
	}

	@Test
	void namesTheAllowedVerbsInTheHeader() {
		assertThat(NothingHereFilter.answer("/metrics/job/x", "GET").headers()).containsEntry("Allow",
				"PUT, POST, DELETE");
	}

}
