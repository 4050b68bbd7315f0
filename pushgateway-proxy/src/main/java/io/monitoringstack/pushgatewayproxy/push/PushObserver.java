package io.monitoringstack.pushgatewayproxy.push;

import java.time.Duration;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * Tells metrics and access log how a push ended.
 */
final class PushObserver {

	private static final int CLIENT_CLOSED = 499;

	private final PushMetrics metrics;

	private final AccessLog accessLog;

	PushObserver(PushMetrics metrics, AccessLog accessLog) {
		this.metrics = metrics;
		this.accessLog = accessLog;
	}

	void answered(PushAttempt push, int status) {
		if (status < 300) {
			this.metrics.accepted(push, took(push));
			this.accessLog.accepted(push, status);
			return;
		}
		refused(push, (status < 500) ? Reason.UPSTREAM_REFUSED : Reason.UPSTREAM_ERROR, status);
	}

	void failed(PushAttempt push, Throwable ex) {
		if (ex instanceof RefusedException refused) {
			refused(push, refused.refusal().reason(), refused.refusal().status());
		}
		else {
			refused(push, Reason.INTERNAL, 500);
		}
	}

	void cancelled(PushAttempt push) {
		refused(push, Reason.CANCELLED, CLIENT_CLOSED);
	}

	private void refused(PushAttempt push, Reason reason, int status) {
		this.metrics.refused(push, reason, took(push));
		this.accessLog.refused(push, reason, status);
	}

	private static Duration took(PushAttempt push) {
		return Duration.ofNanos(push.tookNanos());
	}

}
