package io.monitoringstack.stacktests.running;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a push to what Prometheus knows.
 */
@RunningStack
class PushIT {

	private final List<String> groups = new ArrayList<>();

	@AfterEach
	void removeWhatWasPushed() throws IOException {
		for (String group : this.groups) {
			Pushes.delete(group);
		}
	}

	@ConcurrentTest
	void keepsWhatOthersPushedToTheSameGroup() throws IOException {
		String id = Ids.unique("it_shared");
		String group = group("/metrics/job/" + id + "/instance/a");
		assertAccepted(Pushes.put(group, id + "_one 1\n"));
		assertAccepted(Pushes.post(group, id + "_two 2\n"));
		assertAccepted(Pushes.put(group, id + "_three 3\n"));
		assertAccepted(Pushes.put(group, id + "_one 4\n"));
		Prometheus.awaitValue(id + "_one{job=\"" + id + "\",instance=\"a\"}", 4);
		assertThat(Prometheus.value(id + "_two")).as("pushed by POST before two PUTs").hasValue(2);
		assertThat(Prometheus.value(id + "_three")).as("pushed by PUT before another PUT").hasValue(3);
	}

	@ConcurrentTest
	void turnsBase64AndPercentEncodedSegmentsIntoLabelValues() throws IOException {
		String id = Ids.unique("it_labels");
		String job = "야간 배치/" + id;
		String encodedJob = Base64.getUrlEncoder().encodeToString(job.getBytes(StandardCharsets.UTF_8));
		String group = group("/metrics/job@base64/" + encodedJob + "/path/var%2Flog%2Fa%20b/zone@base64/=");
		assertAccepted(Pushes.put(group, id + " 1\n"));
		Prometheus.awaitValue(id, 1);
		assertThat(Prometheus.query(id)).singleElement()
			.extracting(Prometheus.Sample::labels)
			.satisfies((labels) -> assertThat(labels).containsEntry("job", job)
				.containsEntry("path", "var/log/a b")
				.doesNotContainKeys("log", "zone"));
	}

	@ConcurrentTest
	void namesTheLineOfAPushThatCannotBeReadAndStoresNothing() throws IOException {
		String id = Ids.unique("it_malformed");
		HttpResponse<String> answer = Pushes.put(group("/metrics/job/" + id), id + " 1\nthis is no sample\n");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/plain"));
		assertThat(answer.body()).contains("line 2");
		assertNoGroup(id);
	}

	@ParameterizedTest
	@CsvSource({ "a missing line end, 'x_without_end 1'", "a timestamp, 'x_with_time 1 1700000000000\n'",
			"Windows line ends, 'x_windows 1\r\n'" })
	void refusesWhatPushgatewayCannotTake(String what, String body) throws IOException {
		String id = Ids.unique("it_refused");
		HttpResponse<String> answer = Pushes.post(group("/metrics/job/" + id), body);
		assertThat(answer.statusCode()).as(what).isEqualTo(400);
		assertThat(answer.body()).as(what).isNotBlank();
		assertNoGroup(id);
	}

	@ConcurrentTest
	void leavesNoGhostGroupWhenAnotherJobUsesTheNameWithAnotherType() throws IOException {
		String id = Ids.unique("it_clash");
		assertAccepted(Pushes.post(group("/metrics/job/" + id + "_first"), "# TYPE " + id + " gauge\n" + id + " 1\n"));
		HttpResponse<String> answer = Pushes.post(group("/metrics/job/" + id + "_second"),
				"# TYPE " + id + " counter\n" + id + " 1\n");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains(id);
		assertNoGroup(id + "_second");
		assertThat(Pushes.groups()).as("the group that was there").anyMatch((labels) -> labels.contains(id + "_first"));
	}

	@ConcurrentTest
	void forgetsADeletedGroup() throws IOException {
		String id = Ids.unique("it_deleted");
		String group = group("/metrics/job/" + id);
		assertAccepted(Pushes.post(group, id + " 1\n"));
		Prometheus.awaitValue(id, 1);
		assertThat(Pushes.delete(group).statusCode()).isEqualTo(202);
		Prometheus.awaitNone(id);
		assertNoGroup(id);
	}

	@ConcurrentTest
	void takesACompressedBody() throws IOException {
		String id = Ids.unique("it_gzip");
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
			gzip.write((id + " 7\n").getBytes(StandardCharsets.UTF_8));
		}
		assertAccepted(Http.send("PUT", Stack.PROXY, group("/metrics/job/" + id), body.toByteArray(),
				Map.of("Content-Encoding", "gzip")));
		Prometheus.awaitValue(id, 7);
	}

	@ConcurrentTest
	void takesWhatTheJavaClientSends() throws IOException {
		String id = Ids.unique("it_java_client");
		PrometheusRegistry registry = new PrometheusRegistry();
		Gauge.builder().name(id + "_gauge").register(registry).set(2.5);
		Counter.builder().name(id + "_runs").labelNames("result").register(registry).labelValues("good").inc(3);
		PushGateway client = PushGateway.builder()
			.address(Stack.PROXY.getAuthority())
			.job(group("/metrics/job/" + id).substring("/metrics/job/".length()))
			.registry(registry)
			.build();
		client.push();
		client.pushAdd();
		Prometheus.awaitValue(id + "_gauge", 2.5);
		assertThat(Prometheus.value(id + "_runs_total{result=\"good\"}")).hasValue(3);
		client.delete();
		Prometheus.awaitNone(id + "_gauge");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/admin/wipe", "/-/quit", "/debug/pprof/heap" })
	void letsNobodyAdministratePushgateway(String path) throws IOException {
		for (String method : List.of("PUT", "POST")) {
			assertThat(Http.send(method, Stack.PROXY, path, "", Map.of()).statusCode()).as(method + " " + path)
				.isIn(403, 404, 405);
		}
		assertThat(Http.get(Stack.PROXY, "/debug/pprof/").statusCode()).isEqualTo(404);
		assertThat(Http.get(Stack.PROXY, "/-/ready").statusCode()).as("Pushgateway is still there").isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/metrics", "/api/v1/metrics", "/api/v1/status", "/-/healthy", "/-/ready" })
	void showsPushgatewaysPages(String path) throws IOException {
		HttpResponse<String> answer = Http.get(Stack.PROXY, path);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isNotBlank();
	}

	private String group(String path) {
		this.groups.add(path);
		return path;
	}

	private static void assertAccepted(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
	}

	private static void assertNoGroup(String id) throws IOException {
		assertThat(Pushes.groups()).noneMatch((labels) -> labels.contains(id));
	}

}
