package io.monitoringstack.doorayadapter.dooray;

import java.net.http.HttpRequest;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;

/**
 * Makes a span of each exchange with Dooray, under the span of the webhook that caused
 * it. Of the hook it tells the channel and the host alone: the rest of the URL is a
 * secret. That is why the OpenTelemetry agent must not trace the JDK's HTTP client. The
 * agent does the recording; without it nothing happens here.
 */
final class DeliveryTracing {

	private static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("dooray.channel");

	private static final AttributeKey<Long> ALERTS = AttributeKey.longKey("dooray.alerts");

	private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("dooray.outcome");

	private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");

	private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");

	private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

	private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

	/** What else a tracer may want to pass on is not for other companies. */
	private static final String TRACEPARENT = "traceparent";

	private final Tracer tracer;

	DeliveryTracing(OpenTelemetry telemetry) {
		this.tracer = telemetry.getTracer("io.monitoringstack.doorayadapter");
	}

	Exchange start(Hook hook, int alerts) {
		Span span = this.tracer.spanBuilder("dooray deliver " + hook.servedBy())
			.setSpanKind(SpanKind.CLIENT)
			.setAttribute(CHANNEL, hook.servedBy())
			.setAttribute(ALERTS, (long) alerts)
			.setAttribute(HOST, hook.url().getHost())
			.setAttribute(METHOD, "POST")
			.startSpan();
		return new Exchange(span);
	}

	/**
	 * The span of an exchange that is under way. No exception is ever recorded in it: the
	 * texts of transport errors hold the hook's URL.
	 */
	static final class Exchange implements AutoCloseable {

		private final Span span;

		private Exchange(Span span) {
			this.span = span;
		}

		void passOn(HttpRequest.Builder request) {
			W3CTraceContextPropagator.getInstance()
				.inject(Context.current().with(this.span), request, (carrier, name, value) -> {
					if (carrier != null && TRACEPARENT.equals(name)) {
						carrier.setHeader(name, value);
					}
				});
		}

		void answered(int status) {
			this.span.setAttribute(STATUS, (long) status);
		}

		void became(Outcome outcome) {
			if (outcome instanceof Outcome.Failed failed) {
				failed(failed.reason());
			}
			else {
				this.span.setAttribute(OUTCOME, "accepted");
			}
		}

		void failed(FailureReason reason) {
			this.span.setAttribute(OUTCOME, "failed");
			this.span.setAttribute(ERROR, reason.label());
			this.span.setStatus(StatusCode.ERROR);
		}

		@Override
		public void close() {
			this.span.end();
		}

	}

}
