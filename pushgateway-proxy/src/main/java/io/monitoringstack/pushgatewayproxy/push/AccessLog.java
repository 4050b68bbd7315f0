package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per push: at debug when it was accepted, at info when it was refused, at warn
 * when Pushgateway or the proxy failed. Nothing in it comes from outside unescaped, and
 * nothing from the body, the query or the headers.
 */
final class AccessLog {

	private static final Logger logger = LoggerFactory.getLogger("push");

	void accepted(PushAttempt push, int status) {
		if (logger.isDebugEnabled()) {
			logger.debug("push accepted: {}", fields(push, "none", status));
		}
	}

	void refused(PushAttempt push, Reason reason, int status) {
		if ("failed".equals(PushMetrics.outcome(reason)) && reason != Reason.CANCELLED) {
			logger.warn("push failed: {}", fields(push, reason.label(), status));
		}
		else if (logger.isInfoEnabled()) {
			logger.info("push refused: {}", fields(push, reason.label(), status));
		}
	}

	private static String fields(PushAttempt push, String reason, int status) {
		String job = push.job();
		return "job=" + ((job != null) ? Excerpt.quoted(job) : "-") + " verb=" + push.verb() + " reason=" + reason
				+ " status=" + status + " bytes=" + push.bytes() + " series=" + push.series() + " took="
				+ push.tookNanos() / 1_000 + "us client=" + push.client() + " identity="
				+ ((push.identity() != null) ? push.identity() : "-");
	}

}
