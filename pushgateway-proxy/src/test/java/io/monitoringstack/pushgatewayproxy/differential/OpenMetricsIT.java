package io.monitoringstack.pushgatewayproxy.differential;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import io.monitoringstack.pushgatewayproxy.PushgatewayProxyApplication;
import io.monitoringstack.pushgatewayproxy.RealPushgateway;
import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ContentRules;
import io.monitoringstack.pushgatewayproxy.exposition.OpenMetrics;
import io.monitoringstack.pushgatewayproxy.exposition.RandomOpenMetrics;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenMetrics through the proxy to a real Pushgateway, with either check. More random
 * bodies: {@code -Dopenmetrics.bodies=20000 -Dopenmetrics.seed=7}.
 */
class OpenMetricsIT {

	private static final int BODIES = Integer.getInteger("openmetrics.bodies", 1500);

	private static final long SEED = Long.getLong("openmetrics.seed", 20261128);

	private static final String TYPE = OpenMetricsTextFormatWriter.CONTENT_TYPE;

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static RealPushgateway checking;

	private static RealPushgateway unchecked;

	private static ConfigurableApplicationContext upstreamProxy;

	private static ConfigurableApplicationContext edgeProxy;

	@BeforeAll
	static void start() {
		checking = RealPushgateway.start(0, "--push.enable-utf8-names");
		unchecked = RealPushgateway.start(0, "--push.enable-utf8-names", "--push.disable-consistency-check");
		upstreamProxy = proxy("upstream", checking);
		edgeProxy = proxy("edge", unchecked);
	}

	private static ConfigurableApplicationContext proxy(String check, RealPushgateway pushgateway) {
		return SpringApplication.run(PushgatewayProxyApplication.class, "--server.port=0", "--management.server.port=0",
				"--pushgateway.url=" + pushgateway.url(), "--push.check=" + check, "--push.utf8-names=true",
				"--logging.level.push=warn");
	}

	@AfterAll
	static void stop() {
		for (AutoCloseable started : Arrays.asList(edgeProxy, upstreamProxy, unchecked, checking)) {
			try {
				if (started != null) {
					started.close();
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@AfterEach
	void clean() throws Exception {
		for (String check : new String[] { "upstream", "edge" }) {
			send(url(check), "DELETE", null, new byte[0]);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "upstream", "edge" })
	void whatTheJavaClientWritesIsInTheScrape(String check) throws Exception {
		PrometheusRegistry registry = new PrometheusRegistry();
		Counter rows = Counter.builder().name("rows").help("Rows \"copied\"").labelNames("table").register(registry);
		rows.labelValues("a\"b\\c\n").incWithExemplar(7, Labels.of("trace_id", "abc", "span_id", "}#"));
		Gauge.builder().name("disk_free").unit(Unit.BYTES).register(registry).set(1.5e9);
		Histogram took = Histogram.builder()
			.name("took")
			.unit(Unit.SECONDS)
			.classicUpperBounds(1, 2)
			.register(registry);
		took.observeWithExemplar(1.5, Labels.of("trace_id", "def"));
		Summary.builder().name("size").quantile(0.5, 0.01).register(registry).observe(4);
		Info.builder().name("build").labelNames("version").register(registry).setLabelValues("1.2");
		StateSet.builder().name("state").states("up", "down").register(registry).setTrue("up");
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		new OpenMetricsTextFormatWriter(true, true).write(body, registry.scrape());
		assertThat(body.toString(StandardCharsets.UTF_8)).contains("# UNIT", "_created", "# {", "# EOF");
		HttpResponse<String> answer = send(url(check), "PUT", TYPE, body.toByteArray());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.headers().firstValue("X-Push-Warning"))
			.hasValue("exemplars, units and _created were dropped");
		String scrape = scrape(check);
		assertThat(scrape).contains("# HELP rows_total Rows \"copied\"\n# TYPE rows_total counter\n",
				"rows_total{instance=\"\",job=\"om\",table=\"a\\\"b\\\\c\\n\"} 7\n",
				"# TYPE disk_free_bytes gauge\ndisk_free_bytes{instance=\"\",job=\"om\"} 1.5e+09\n",
				"# TYPE took_seconds histogram\n", "took_seconds_bucket{instance=\"\",job=\"om\",le=\"2\"} 1\n",
				"took_seconds_count{instance=\"\",job=\"om\"} 1\n", "# TYPE size summary\n",
				"size{instance=\"\",job=\"om\",quantile=\"0.5\"} 4\n",
				"# TYPE build_info gauge\nbuild_info{instance=\"\",job=\"om\",version=\"1.2\"} 1\n",
				"# TYPE state gauge\n", "state{instance=\"\",job=\"om\",state=\"up\"} 1\n");
		assertThat(scrape).doesNotContain("_created{instance");
	}

	@ParameterizedTest
	@ValueSource(strings = { "upstream", "edge" })
	void whatThePythonClientWritesIsInTheScrape(String check) throws Exception {
		HttpResponse<String> answer = send(url(check), "POST", TYPE, fixture("python-client"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(scrape(check)).contains("# TYPE rows_copied_total counter\n",
				"rows_copied_total{instance=\"\",job=\"om\",table=\"a\\\"b\\\\c\"} 2\n",
				"# TYPE took_seconds histogram\n", "# TYPE size summary\n", "# TYPE build_info gauge\n",
				"# TYPE state gauge\n", "waiting_bucket{instance=\"\",job=\"om\",le=\"1.0\"} 2\n",
				"waiting_gsum{instance=\"\",job=\"om\"} 9\n", "# TYPE odd untyped\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "upstream", "edge" })
	void quotedNamesArrive(String check) throws Exception {
		HttpResponse<String> answer = send(url(check), "POST", TYPE, fixture("utf8-names"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		HttpRequest scrape = HttpRequest.newBuilder(url(check).resolve("/metrics"))
			.header("Accept", "text/plain; version=1.0.0; escaping=allow-utf-8")
			.build();
		assertThat(client.send(scrape, BodyHandlers.ofString()).body()).contains(
				"# TYPE \"rows.copied_total\" counter\n",
				"{\"rows.copied_total\",instance=\"\",job=\"om\",table=\"a,b{}\"} 3\n",
				"{\"took.seconds_bucket\",instance=\"\",job=\"om\",le=\"1\"} 1\n", "\"host.name\"=\"a\"",
				"plain{host=\"b\",instance=\"\",job=\"om\"} 1\n");
	}

	/**
	 * What the proxy takes Pushgateway takes as well, and nothing is answered with a
	 * server error.
	 */
	@Test
	void randomBodiesAreJudgedAsPushgatewayJudgesWhatBecomesOfThem() throws Exception {
		RandomOpenMetrics bodies = new RandomOpenMetrics(SEED);
		Random random = new Random(SEED);
		Set<String> differences = new TreeSet<>();
		int accepted = 0;
		for (int i = 0; i < BODIES; i++) {
			byte[] body = bodies.next().getBytes(StandardCharsets.UTF_8);
			if (i % 5 == 0 && body.length > 0) {
				body[random.nextInt(body.length)] = (byte) random.nextInt(256);
			}
			byte[] translated = translated(body);
			int expected = 400;
			if (translated != null) {
				HttpResponse<String> direct = send(checking.url(), "PUT", null, translated);
				expected = direct.statusCode();
				accepted++;
				if (expected != 200) {
					differences.add(new String(body, StandardCharsets.UTF_8) + "\nPushgateway: " + direct.body());
				}
				send(checking.url(), "DELETE", null, new byte[0]);
			}
			for (String check : new String[] { "upstream", "edge" }) {
				HttpResponse<String> answer = send(url(check), "PUT", TYPE, body);
				if (answer.statusCode() != expected) {
					differences.add(new String(body, StandardCharsets.UTF_8) + "\n" + check + " " + answer.statusCode()
							+ " " + answer.body());
				}
				if (answer.statusCode() == 200) {
					assertThat(scrape(check)).as(new String(body, StandardCharsets.UTF_8)).isNotEmpty();
				}
				send(url(check), "DELETE", null, new byte[0]);
			}
		}
		System.out.println(
				"openmetrics: bodies=" + BODIES + " accepted=" + accepted + " disagreements=" + differences.size());
		assertThat(differences).isEmpty();
		assertThat(accepted).isBetween(BODIES / 10, BODIES * 9 / 10);
	}

	private static byte @Nullable [] translated(byte[] body) {
		try {
			DecodedBody decoded = new DecodedBody(100_000, (bytes) -> {
			});
			decoded.write(body, 0, body.length);
			DecodedBody out = new DecodedBody(200_000, (bytes) -> {
			});
			OpenMetrics.translate(decoded, out);
			ContentCheck.check(ContentKind.TEXT, out.bytes(), out.length(),
					new ContentRules(Set.of("job"), true, 1000));
			return Arrays.copyOf(out.bytes(), out.length());
		}
		catch (RefusedException ex) {
			return null;
		}
	}

	private static byte[] fixture(String name) throws Exception {
		return Files.readAllBytes(Path.of("src", "test", "resources", "exposition", name + ".openmetrics"));
	}

	private static URI url(String check) {
		ConfigurableApplicationContext proxy = "edge".equals(check) ? edgeProxy : upstreamProxy;
		return URI.create("http://127.0.0.1:" + proxy.getEnvironment().getRequiredProperty("local.server.port"));
	}

	private static String scrape(String check) throws Exception {
		HttpResponse<String> scrape = client.send(HttpRequest.newBuilder(url(check).resolve("/metrics")).build(),
				BodyHandlers.ofString());
		assertThat(scrape.statusCode()).as(scrape.body()).isEqualTo(200);
		return scrape.body();
	}

	private static HttpResponse<String> send(URI url, String verb, @Nullable String type, byte[] body)
			throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/metrics/job/om"))
			.timeout(Duration.ofSeconds(30))
			.method(verb, BodyPublishers.ofByteArray(body));
		if (type != null) {
			request.header("Content-Type", type);
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

}
