package io.monitoringstack.stacktests.running;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Sends with OpenTelemetry's own exporters what an application would send.
 */
final class Otlp implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final SpanExporter spans;

	private final LogRecordExporter logs;

	private final MetricExporter metrics;

	private Otlp(SpanExporter spans, LogRecordExporter logs, MetricExporter metrics) {
		this.spans = spans;
		this.logs = logs;
		this.metrics = metrics;
	}

	/**
	 * By HTTP and protobuf.
	 * @param endpoint address to which {@code /v1/traces} and the others are added
	 */
	static Otlp http(String endpoint) {
		return new Otlp(OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").setTimeout(LIMIT).build(),
				OtlpHttpLogRecordExporter.builder().setEndpoint(endpoint + "/v1/logs").setTimeout(LIMIT).build(),
				OtlpHttpMetricExporter.builder().setEndpoint(endpoint + "/v1/metrics").setTimeout(LIMIT).build());
	}

	static Otlp grpc(String endpoint) {
		return new Otlp(OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).setTimeout(LIMIT).build(),
				OtlpGrpcLogRecordExporter.builder().setEndpoint(endpoint).setTimeout(LIMIT).build(),
				OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).setTimeout(LIMIT).build());
	}

	/**
	 * Send spans.
	 * @param batch what to send
	 * @return whether they were accepted
	 */
	boolean spans(Collection<SpanData> batch) {
		return accepted(this.spans.export(batch));
	}

	boolean logs(Collection<LogRecordData> batch) {
		return accepted(this.logs.export(batch));
	}

	boolean metrics(Collection<MetricData> batch) {
		return accepted(this.metrics.export(batch));
	}

	private static boolean accepted(CompletableResultCode result) {
		return result.join(LIMIT.toSeconds() * 3, TimeUnit.SECONDS).isSuccess();
	}

	static String traceId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return TraceId.fromLongs(random.nextLong(), random.nextLong(1, Long.MAX_VALUE));
	}

	static String spanId() {
		return SpanId.fromLong(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
	}

	/**
	 * The header that makes a request part of a trace.
	 */
	static String traceparent(String traceId) {
		return "00-%s-%s-01".formatted(traceId, spanId());
	}

	static SpanData span(String service, String traceId, String name) {
		long now = nanos();
		return TestSpanData.builder()
			.setResource(resource(service))
			.setInstrumentationScopeInfo(InstrumentationScopeInfo.create("stack-tests"))
			.setSpanContext(context(traceId))
			.setParentSpanContext(SpanContext.getInvalid())
			.setName(name)
			.setKind(SpanKind.INTERNAL)
			.setStartEpochNanos(now - 1_000_000)
			.setEndEpochNanos(now)
			.setStatus(StatusData.unset())
			.setAttributes(Attributes.empty())
			.setEvents(List.of())
			.setLinks(List.of())
			.setTotalRecordedEvents(0)
			.setTotalRecordedLinks(0)
			.setTotalAttributeCount(0)
			.setHasEnded(true)
			.build();
	}

	static LogRecordData log(String service, String traceId, String text) {
		return log(service, traceId, text, nanos());
	}

	static LogRecordData log(String service, String traceId, String text, long nanos) {
		return TestLogRecordData.builder()
			.setResource(resource(service))
			.setInstrumentationScopeInfo(InstrumentationScopeInfo.create("stack-tests"))
			.setSpanContext(context(traceId))
			.setTimestamp(nanos, TimeUnit.NANOSECONDS)
			.setObservedTimestamp(nanos, TimeUnit.NANOSECONDS)
			.setSeverity(Severity.WARN)
			.setSeverityText("WARN")
			.setBody(text)
			.setAttributes(Attributes.empty())
			.setTotalAttributeCount(0)
			.build();
	}

	/**
	 * One gauge with a point for each value of the attribute {@code part}.
	 */
	static MetricData gauge(String service, String name, double value, long nanos, Stream<String> parts) {
		return ImmutableMetricData.createDoubleGauge(resource(service), InstrumentationScopeInfo.create("stack-tests"),
				name, "", "",
				ImmutableGaugeData.create(
						parts
							.map((part) -> ImmutableDoublePointData.create(nanos, nanos,
									Attributes.of(AttributeKey.stringKey("part"), part), value))
							.toList()));
	}

	static long nanos() {
		return System.currentTimeMillis() * 1_000_000L;
	}

	private static SpanContext context(String traceId) {
		return SpanContext.create(traceId, spanId(), TraceFlags.getSampled(), TraceState.getDefault());
	}

	private static Resource resource(String service) {
		return Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service));
	}

	@Override
	public void close() {
		CompletableResultCode.ofAll(List.of(this.spans.shutdown(), this.logs.shutdown(), this.metrics.shutdown()))
			.join(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

}
