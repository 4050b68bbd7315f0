package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What applications send while the backends are away, and while the Collector itself is
 * restarted, is found once they are back: all of it, once.
 */
@RunningStack
class OutageIT {

	private static final int BATCHES = 100;

	private static final int SIZE = 100;

	private static final int ALL = BATCHES * SIZE;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * The steps wait for progress rather than time, so that the outage falls in the
	 * middle of what is sent on any machine.
	 */
	@Test
	void nothingThatWasSentIsLostOrDoubled() throws Exception {
		Stack.assumeRuns("nginx", "otel-collector", "tempo", "loki");
		String service = Ids.unique("it-outage");
		String metric = Ids.unique("it_outage");
		Instant begin = Instant.now();
		try (Sender sender = new Sender(service, metric)) {
			sender.awaitSent(20);
			Stack.compose("stop", "tempo", "loki", "prometheus");
			try {
				sender.awaitSent(40);
				Stack.compose("restart", "otel-collector");
				sender.awaitSent(70);
			}
			finally {
				Stack.compose("start", "prometheus", "loki", "tempo");
				List.of("prometheus", "loki", "tempo").forEach(Stack::awaitHealthy);
			}
			sender.awaitSent(BATCHES);
			assertFound(sender, service, metric);
			Report.line("during the outage %d batches were sent again".formatted(sender.again.get()));
		}
		Report.seconds("10,000 of each signal through an outage of all backends",
				Duration.between(begin, Instant.now()));
	}

	private static void assertFound(Sender sender, String service, String metric) {
		String points = "sum(count_over_time(%s{job=\"%s\"}[1h]))".formatted(metric, service);
		try {
			awaitAll(() -> (int) Prometheus.value(points).orElse(0));
			awaitAll(() -> Loki.query(Loki.stream(service)).size());
			awaitAll(() -> spans(sender.traces).size());
		}
		catch (ConditionTimeoutException ex) {
			Report.line("not all was found: " + ex.getMessage());
		}
		Counts counts = count(sender, service, points);
		Report.line("sent %d of each, found: %s".formatted(ALL, counts));
		assertThat(counts).isEqualTo(new Counts(ALL, ALL, ALL, ALL));
	}

	private static Counts count(Sender sender, String service, String points) {
		try {
			List<Loki.Line> lines = Loki.query(Loki.stream(service));
			int distinct = new HashSet<>(lines.stream().map(Loki.Line::text).toList()).size();
			return new Counts(spans(sender.traces).size(), lines.size(), distinct,
					(int) Prometheus.value(points).orElse(0));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void awaitAll(Callable<Integer> count) {
		Awaitility.await("all that was sent")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofSeconds(3))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(count, (found) -> found >= ALL);
	}

	private static Set<String> spans(List<String> traces) throws IOException {
		Set<String> ids = new HashSet<>();
		for (String trace : traces) {
			Tempo.trace(trace).spans().forEach((span) -> ids.add(trace + span.id()));
		}
		return ids;
	}

	/**
	 * What is there.
	 *
	 * @param spans spans by their ids
	 * @param lines log lines
	 * @param distinctLines log lines that differ
	 * @param points points of all series
	 */
	private record Counts(int spans, int lines, int distinctLines, int points) {

	}

	/**
	 * Sends batch after batch, by HTTP and by gRPC in turns, each until it is accepted.
	 */
	private static final class Sender implements AutoCloseable {

		private final List<String> traces = IntStream.range(0, BATCHES).mapToObj((batch) -> Otlp.traceId()).toList();

		private final AtomicInteger sent = new AtomicInteger();

		private final AtomicInteger again = new AtomicInteger();

		private final Otlp http = Otlp.http(Stack.NGINX + "/otlp");

		private final Otlp grpc = Otlp.grpc(Stack.NGINX.toString());

		private final String service;

		private final String metric;

		private volatile boolean open = true;

		private final CompletableFuture<Void> run;

		Sender(String service, String metric) {
			this.service = service;
			this.metric = metric;
			this.run = CompletableFuture.runAsync(this::sendAll);
		}

		private void sendAll() {
			for (int batch = 0; batch < BATCHES && this.open; batch++) {
				send(batch, (batch % 2 == 0) ? this.http : this.grpc);
				this.sent.incrementAndGet();
				pause();
			}
		}

		private static void pause() {
			try {
				Thread.sleep(200);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

		private void send(int batch, Otlp otlp) {
			String trace = this.traces.get(batch);
			long nanos = Otlp.nanos();
			List<SpanData> spans = new ArrayList<>();
			List<LogRecordData> logs = new ArrayList<>();
			for (int i = 0; i < SIZE; i++) {
				spans.add(Otlp.span(this.service, trace, "span " + i));
				logs.add(Otlp.log(this.service, trace, "line %d of batch %d".formatted(i, batch), nanos + i));
			}
			MetricData points = Otlp.gauge(this.service, this.metric, batch, nanos,
					IntStream.range(0, SIZE).mapToObj(String::valueOf));
			untilAccepted(() -> otlp.spans(spans));
			untilAccepted(() -> otlp.logs(logs));
			untilAccepted(() -> otlp.metrics(List.of(points)));
		}

		private void untilAccepted(BooleanSupplier batch) {
			while (this.open && !batch.getAsBoolean()) {
				this.again.incrementAndGet();
			}
		}

		void awaitSent(int batches) {
			Awaitility.await(batches + " batches accepted")
				.atMost(PATIENCE)
				.until(() -> this.run.isCompletedExceptionally() || this.sent.get() >= batches);
			if (this.run.isCompletedExceptionally()) {
				this.run.join();
			}
		}

		@Override
		public void close() {
			this.open = false;
			this.run.join();
			this.http.close();
			this.grpc.close();
		}

	}

}
