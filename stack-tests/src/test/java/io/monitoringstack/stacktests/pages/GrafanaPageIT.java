package io.monitoringstack.stacktests.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Grafana at the one address, as somebody who looks for a reason uses it: from a metric
 * to a trace, from a trace to its logs, and back.
 */
class GrafanaPageIT {

	private static final Site GRAFANA = Site.of("NGINX_URL", "http://localhost");

	private static final String SERVICE = "page-" + UUID.randomUUID().toString().substring(0, 8);

	private static final String TRACE = UUID.randomUUID().toString().replace("-", "");

	private static Browser browser;

	@BeforeAll
	static void start() {
		if (GRAFANA.whyNot().isEmpty() && GRAFANA.send("GET", "/tempo/ready", "") != 200) {
			System.out.println("[pages] skipped: Tempo is not part of the running stack.");
			return;
		}
		browser = Browser.start(GRAFANA);
		if (browser != null) {
			send();
			browser.visitor("en-US", "Asia/Seoul");
			Grafana.logIn(browser, GRAFANA);
		}
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void begin() {
		Browser.assumeStarted(browser);
	}

	@Test
	void aTraceLeadsToItsLogs() {
		explore("tempo", "\"queryType\":\"traceql\",\"query\":\"" + TRACE + "\"");
		browser.waitAcrossReloads("the trace", (page) -> page.find("body").getText().contains("handle an order"));
		assertThat(browser.find("body").getText()).contains(SERVICE);
		browser.screenshot("trace");
		browser.waitUntil("the link of the span to its logs", (page) -> {
			page.find("[data-testid='SpanLinksMenu'] button").click();
			return click("a, [role=menuitem]", (found) -> found.getText().toLowerCase(Locale.ROOT).contains("logs"));
		});
		browser.waitForText("body", "the order was handled");
		browser.screenshot("trace-to-logs");
	}

	@Test
	void aLogLineLeadsToItsTrace() {
		explore("loki", "\"queryType\":\"range\",\"expr\":\"{service_name=\\\"" + SERVICE + "\\\"}\"");
		browser.waitAcrossReloads("the line", (page) -> page.find("body").getText().contains("the order was handled"));
		browser.waitUntil("the line's details", (page) -> {
			page.script("""
					const line = [...document.querySelectorAll('*')].filter((node) =>
						node.childElementCount === 0 && node.textContent.includes('the order was handled')).pop();
					line.click();
					""");
			return page.find("body").getText().contains("trace_id");
		});
		browser.screenshot("log-line");
		browser.waitUntil("the link of the line to its trace",
				(page) -> click("a, button", (found) -> found.getText().strip().equals("Trace")));
		browser.waitForText("body", "handle an order");
		browser.screenshot("log-line-to-trace");
	}

	@Test
	void anExemplarLeadsToItsTrace() {
		// Only requests from now on: what was under way while another test stopped the
		// Collector has exemplars and no trace.
		Instant begin = Instant.now();
		explore("prometheus", String.valueOf(begin.toEpochMilli()),
				"\"exemplar\":true,\"range\":true,\"expr\":\"histogram_quantile(0.95, sum by (le) (rate(http_server_requests_seconds_bucket{job=\\\"demo-app\\\"}[1m])))\"");
		browser.waitAcrossReloads("exemplars",
				(page) -> !page.all("[data-testid='data-testid Exemplar marker']").isEmpty());
		browser.screenshot("exemplars");
		browser.waitUntil("the link of the exemplar", (page) -> {
			page.script("""
					const markers = document.querySelectorAll("[data-testid='data-testid Exemplar marker']");
					const marker = markers[markers.length - 1];
					for (const type of ['mouseover', 'mouseenter', 'pointerenter', 'pointerover', 'click'])
						marker.dispatchEvent(new MouseEvent(type, { bubbles: true }));
					""");
			return click("a", (found) -> found.getText().strip().equals("Trace"));
		});
		browser.waitAcrossReloads("the trace", (page) -> {
			String text = page.find("body").getText();
			return text.contains("Service & Operation") && text.contains("demo-app");
		});
		browser.screenshot("exemplar-to-trace");
	}

	private static boolean click(String css, Predicate<WebElement> wanted) {
		for (WebElement found : browser.all(css)) {
			if (wanted.test(found)) {
				String link = found.getDomProperty("href");
				if (link != null && !link.isEmpty()) {
					// In this window, where a person's click would open a second one.
					browser.open(link);
				}
				else {
					found.click();
				}
				return true;
			}
		}
		return false;
	}

	private static void explore(String source, String query) {
		explore(source, "now-15m", query);
	}

	private static void explore(String source, String from, String query) {
		String panes = """
				{"a":{"datasource":"%1$s","queries":[{"refId":"A","datasource":{"type":"%1$s","uid":"%1$s"},%2$s}],\
				"range":{"from":"%3$s","to":"now"}}}""".formatted(source, query, from);
		browser.open(GRAFANA.base() + "/explore?schemaVersion=1&orgId=1&panes="
				+ URLEncoder.encode(panes, StandardCharsets.UTF_8));
	}

	/**
	 * One span and one log line of it, by OTLP through the same address.
	 */
	private static void send() {
		long now = System.currentTimeMillis();
		String resource = """
				"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]}""".formatted(SERVICE);
		String span = TRACE.substring(0, 16);
		GRAFANA.order("POST", "/otlp/v1/traces", """
				{"resourceSpans":[{%s,"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","name":"handle an order",\
				"kind":2,"startTimeUnixNano":"%d000000","endTimeUnixNano":"%d000000"}]}]}]}""".formatted(resource,
				TRACE, span, now - 250, now));
		GRAFANA.order("POST", "/otlp/v1/logs",
				"""
						{"resourceLogs":[{%s,"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d000000","severityNumber":9,\
						"severityText":"INFO","body":{"stringValue":"the order was handled"},"traceId":"%s","spanId":"%s"}]}]}]}"""
					.formatted(resource, now, TRACE, span));
	}

}
