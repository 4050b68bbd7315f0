package io.monitoringstack.doorayadapter.message;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PublicUrlsTests {

	private final PublicUrls none = new PublicUrls(null, null, null, null);

	private final PublicUrls all = new PublicUrls(URI.create("http://localhost/alertmanager/"),
			URI.create("http://localhost/prometheus"), URI.create("http://localhost/"),
			URI.create("https://git.example.com/ops/"), "loki");

	@ParameterizedTest
	@ValueSource(strings = { "http://alertmanager:9093", "http://9f3c1a7be2d4:9093/", "http://localhost:9093",
			"http://127.0.0.1:9093", "http://[::1]:9093", "http://alertmanager.monitoring.svc:9093", "", "/relative",
			"javascript:alert(1)", "https://user:password@alertmanager.example.com", "mailto:a@example.com",
			"ftp://files.example.com/x", "http://exa mple.com" })
	void leavesOutWhatNobodyCanOpen(String url) {
		assertThat(this.none.alertmanagerBase(url)).isNull();
	}

	@Test
	void keepsWhatCanBeOpened() {
		assertThat(this.none.alertmanagerBase("https://am.example.com/")).isEqualTo("https://am.example.com");
		assertThat(this.none.alertmanagerBase("http://10.1.2.3:9093")).isEqualTo("http://10.1.2.3:9093");
	}

	@Test
	void whatTheOperatorSetsIsUsedEvenOnThisMachine() {
		assertThat(this.all.alertmanagerBase("http://alertmanager:9093")).isEqualTo("http://localhost/alertmanager");
	}

	@Test
	void movesInternalPagesToThePublicAddress() {
		assertThat(this.all.source("http://prometheus:9090/prometheus/graph?g0.expr=up&g0.tab=1"))
			.isEqualTo("http://localhost/prometheus/graph?g0.expr=up&g0.tab=1");
		assertThat(this.all.source("http://grafana:3000/alerting/grafana/x/view"))
			.isEqualTo("http://localhost/alerting/grafana/x/view");
		assertThat(this.all.dashboard("/d/node?orgId=1")).isEqualTo("http://localhost/d/node?orgId=1");
	}

	@Test
	void opensADashboardOfWhichOnlyTheUidIsKnown() {
		assertThat(this.all.dashboard("host", "")).isEqualTo("http://localhost/d/host");
		assertThat(this.all.dashboard("host", "12")).isEqualTo("http://localhost/d/host?viewPanel=12");
		assertThat(this.all.dashboard("host", "x&y=1")).isEqualTo("http://localhost/d/host");
		assertThat(this.all.dashboard("../../logout", "")).isNull();
		assertThat(this.none.dashboard("host", "")).isNull();
	}

	@Test
	void opensLogLinesAtATime() {
		assertThat(this.all.logs("service_name", "demo-app", "1000", "2000"))
			.isEqualTo("http://localhost/explore?schemaVersion=1&panes=%7B%22a%22:%7B%22datasource%22:%22loki%22,"
					+ "%22queries%22:%5B%7B%22refId%22:%22A%22,%22expr%22:"
					+ "%22%7Bservice_name%3D%5C%22demo-app%5C%22%7D%22%7D%5D,"
					+ "%22range%22:%7B%22from%22:%221000%22,%22to%22:%222000%22%7D%7D%7D");
	}

	@Test
	void aValueCannotLeaveTheQueryForLogLines() {
		String address = this.all.logs("container", "a\"} |= \"b\\,:&c", "1000", "now");
		assertThat(address).isNotNull().doesNotContain("&c");
		assertThat(URLDecoder.decode(address.substring(address.indexOf("panes=") + 6), StandardCharsets.UTF_8))
			.contains("\"expr\":\"{container=\\\"a\\\\\\\"} |= \\\\\\\"b\\\\\\\\,:&c\\\"}\"}]");
	}

	@Test
	void leadsToNoLogsWhereGrafanaOrItsSourceIsUnknown() {
		assertThat(this.none.logs("container", "web", "1000", "now")).isNull();
		assertThat(new PublicUrls(null, null, URI.create("http://localhost/"), null).logs("container", "web", "1000",
				"now"))
			.isNull();
	}

	@Test
	void leavesPublicPagesWhereTheyAre() {
		assertThat(this.all.dashboard("https://other.example.com/d/x")).isEqualTo("https://other.example.com/d/x");
	}

	@Test
	void escapesWhatMayNotStandInALink() {
		assertThat(this.none.runbook("https://wiki.example.com/a b\"c<d>`{한글}"))
			.isEqualTo("https://wiki.example.com/a%20b%22c%3Cd%3E%60%7B%ED%95%9C%EA%B8%80%7D");
	}

	@Test
	void neverLinksToAHook() {
		assertThat(this.none.runbook("https://hook.dooray.com/services/1/2/token")).isNull();
		assertThat(
				this.none.source("https://prom.example.com/graph?g0.expr=%22hook.dooray.com%2Fservices%2F1%2F2%2Ft%22"))
			.isNull();
	}

	@Test
	void resolvesARelativeRunbookAgainstItsFolder() {
		assertThat(this.all.runbook("./docs/runbooks/A.md"))
			.isEqualTo("https://git.example.com/ops/docs/runbooks/A.md");
		assertThat(this.none.runbook("docs/runbooks/A.md")).isNull();
	}

}
