package io.monitoringstack.doorayadapter.dooray;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP exchange with Dooray, over within a given time whatever the other side does:
 * name look-up, connecting, sending and a body that comes in drops included. Errors lose
 * their texts here, because those hold the hook's URL.
 */
final class DoorayClient {

	private static final Logger logger = LoggerFactory.getLogger(DoorayClient.class);

	private final HttpClient client;

	private final DoorayAnswer answer;

	private final DeliveryTracing tracing;

	DoorayClient(HttpClient client, DoorayAnswer answer, DeliveryTracing tracing) {
		this.client = client;
		this.answer = answer;
		this.tracing = tracing;
	}

	Outcome post(Post post, Duration limit) throws InterruptedException {
		try (DeliveryTracing.Exchange span = this.tracing.start(post.hook(), post.alerts())) {
			Outcome outcome = exchange(post, limit, span);
			span.became(outcome);
			return outcome;
		}
	}

	private Outcome exchange(Post post, Duration limit, DeliveryTracing.Exchange span) throws InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(post.hook().url())
			.header("Content-Type", "application/json; charset=utf-8")
			.header("User-Agent", "dooray-adapter")
			.POST(HttpRequest.BodyPublishers.ofByteArray(post.json()));
		span.passOn(request);
		AnswerBody body = new AnswerBody();
		CompletableFuture<HttpResponse<Void>> exchange = this.client.sendAsync(request.build(), body);
		FailureReason failure = FailureReason.NO_ANSWER;
		try {
			exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.warn("Dooray did not answer within {}", limit);
		}
		catch (InterruptedException ex) {
			span.failed(FailureReason.CANCELED);
			throw ex;
		}
		catch (ExecutionException ex) {
			failure = reason(ex);
			logger.warn("Exchange with Dooray failed: {}", names(ex));
		}
		finally {
			exchange.cancel(true);
		}
		HttpResponse.ResponseInfo info = body.info();
		if (info == null) {
			return new Outcome.Failed(failure, Duration.ZERO);
		}
		span.answered(info.statusCode());
		return this.answer.judge(info.statusCode(), info.headers().firstValue("Retry-After").orElse(""),
				body.received());
	}

	private static FailureReason reason(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
					|| cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException
					|| cause instanceof SSLException) {
				return FailureReason.CONNECT_ERROR;
			}
		}
		return FailureReason.NO_ANSWER;
	}

	private static String names(Throwable failure) {
		StringBuilder names = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			names.append(names.isEmpty() ? "" : " < ").append(cause.getClass().getSimpleName());
		}
		return names.toString();
	}

	/**
	 * A message ready to be posted.
	 *
	 * @param hook where to
	 * @param json what
	 * @param alerts alerts it is about
	 */
	record Post(Hook hook, byte[] json, int alerts) {

	}

}
