package io.monitoringstack.pushgatewayproxy.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.netty.handler.timeout.ReadTimeoutException;
import reactor.core.Exceptions;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Says what it means for the caller that talking to Pushgateway has failed.
 */
final class UpstreamFailures {

	private UpstreamFailures() {
	}

	/**
	 * Whether nothing was sent because there was no connection.
	 * @param ex failure
	 * @return whether trying again cannot do anything twice
	 */
	static boolean isConnectFailure(Throwable ex) {
		Throwable cause = Exceptions.unwrap(ex);
		return cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause.getCause() instanceof ConnectException;
	}

	static Throwable asRefusal(Throwable ex) {
		Throwable cause = Exceptions.unwrap(ex);
		if (isConnectFailure(cause)) {
			return Refusal
				.retryLater(503, Reason.UPSTREAM_DOWN,
						"Pushgateway cannot be reached. Nothing was stored; push again in a few seconds.")
				.asException();
		}
		if (cause instanceof PoolAcquireTimeoutException || cause instanceof PoolAcquirePendingLimitException) {
			return Refusal
				.retryLater(503, Reason.UPSTREAM_SLOW,
						"Too many pushes are waiting for Pushgateway. Nothing was stored; push again in a few seconds.")
				.asException();
		}
		if (cause instanceof TimeoutException || cause instanceof ReadTimeoutException) {
			return Refusal.retryLater(504, Reason.UPSTREAM_SLOW,
					"Pushgateway took too long to answer. Whether it stored the push is not known; pushing the same again does no harm.")
				.asException();
		}
		if (cause instanceof PrematureCloseException || cause instanceof IOException) {
			return Refusal.retryLater(503, Reason.UPSTREAM_DOWN,
					"Pushgateway broke off before it answered. Whether it stored the push is not known; pushing the same again does no harm.")
				.asException();
		}
		return ex;
	}

}
