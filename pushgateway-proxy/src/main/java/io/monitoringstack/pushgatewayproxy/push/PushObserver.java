package io.monitoringstack.pushgatewayproxy.push;

import java.time.Duration;

import io.monitoringstack.pushgatewayproxy.pushers.PusherLedger;
import io.monitoringstack.pushgatewayproxy.pushers.SeenPush;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Tells metrics, access log and the memory of pushers how a push ended.
 */
final class PushObserver {

	private static final int CLIENT_CLOSED = 499;

	private final PushMetrics metrics;

	private final AccessLog accessLog;

	private final PusherLedger ledger;

	PushObserver(PushMetrics metrics, AccessLog accessLog, PusherLedger ledger) {
		this.metrics = metrics;
		this.accessLog = accessLog;
		this.ledger = ledger;
	}

	void answered(PushAttempt push, int status) {
		if (status < 300) {
			this.metrics.accepted(push, took(push));
			this.accessLog.accepted(push, status);
			remember(push);
			return;
		}
		refused(push, (status < 500) ? Reason.UPSTREAM_REFUSED : Reason.UPSTREAM_ERROR, status, null);
	}

	void failed(PushAttempt push, Throwable ex) {
		if (ex instanceof RefusedException refused) {
			refused(push, refused.refusal().reason(), refused.refusal().status(), refused.refusal().text());
		}
		else {
			refused(push, Reason.INTERNAL, 500, null);
		}
	}

	void cancelled(PushAttempt push) {
		refused(push, Reason.CANCELLED, CLIENT_CLOSED, null);
	}

	private void remember(PushAttempt push) {
		SeenPush seen = push.seen();
		if (seen == null) {
			return;
		}
		if (push.isDelete()) {
			this.ledger.deleted(seen.key());
		}
		else {
			this.ledger.accepted(seen, push.bytes(), push.series());
		}
	}

	private void refused(PushAttempt push, Reason reason, int status, @Nullable String text) {
		this.metrics.refused(push, reason, took(push));
		this.accessLog.refused(push, reason, status);
		SeenPush seen = push.seen();
		if (seen != null && !push.isDelete()) {
			this.ledger.refused(seen, reason, status, text);
		}
	}

	private static Duration took(PushAttempt push) {
		return Duration.ofNanos(push.tookNanos());
	}

}
