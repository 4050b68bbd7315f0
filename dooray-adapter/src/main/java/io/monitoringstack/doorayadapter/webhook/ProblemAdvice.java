package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.time.Duration;

import io.monitoringstack.doorayadapter.delivery.DeliveryException;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.TooSoonException;
import io.monitoringstack.doorayadapter.delivery.UnknownChannelException;
import io.monitoringstack.doorayadapter.heartbeat.HeartbeatException;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers what went wrong, so that Alertmanager does the right thing: it sends again
 * after a 5xx only, and drops the notification for this time after a 4xx. Its log shows
 * the answer, so the detail says what to do.
 */
@Profile("!watcher")
@RestControllerAdvice
class ProblemAdvice {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final WebhookMetrics metrics;

	ProblemAdvice(WebhookMetrics metrics) {
		this.metrics = metrics;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> rejected(RejectedBodyException ex) {
		this.metrics.rejected(ex.kind());
		return problem(HttpStatus.BAD_REQUEST, ex.kind().label(), "Not a webhook message", ex.kind().explanation(),
				null);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> notAdmitted(NotAdmittedException ex) {
		this.metrics.rejected(ex.kind());
		return problem(HttpStatus.SERVICE_UNAVAILABLE, ex.kind().label(), "Not now", ex.kind().explanation(), PAUSE);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> notDelivered(DeliveryException ex) {
		HttpStatus status = ex.reason().temporary() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.BAD_GATEWAY;
		Duration after = (ex.retryAfter().compareTo(PAUSE) > 0) ? ex.retryAfter() : PAUSE;
		return problem(status, ex.reason().label(), "Not delivered to Dooray", detail(ex.reason()),
				ex.reason().temporary() ? after : null);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> notPassedOn(HeartbeatException ex) {
		return problem(HttpStatus.SERVICE_UNAVAILABLE, "heartbeat", "Heartbeat not passed on",
				String.valueOf(ex.getMessage()), PAUSE);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unknownChannel(UnknownChannelException ex) {
		return problem(HttpStatus.NOT_FOUND, "unknownChannel", "No such channel", String.valueOf(ex.getMessage()),
				null);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> tooSoon(TooSoonException ex) {
		return problem(HttpStatus.TOO_MANY_REQUESTS, "tooSoon", "Not yet",
				"The channel was tested a moment ago. Wait before the next test.", ex.retryAfter());
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> foreignPage(ForeignPageException ex) {
		return problem(HttpStatus.FORBIDDEN, "foreignPage", "Not from there",
				"A browser sends this from the page of another site.", null);
	}

	private static String detail(FailureReason reason) {
		return switch (reason) {
			case CLIENT_ERROR -> "Dooray refuses the message itself. See the log of this service.";
			case AUTH_ERROR -> "Dooray refuses the hook. Check the hook's URL of this channel.";
			case REDIRECT -> "Dooray answers with a redirect. Check the hook's URL of this channel.";
			case RATE_LIMITED -> "Dooray takes no more messages at the moment.";
			case SERVER_ERROR -> "Dooray has a failure of its own.";
			case CONNECT_ERROR -> "Dooray cannot be reached.";
			case NO_ANSWER -> "Dooray did not answer in time; the message may have been delivered.";
			case HOOK_BUSY -> "More waits for the same hook than it takes in time.";
			case CIRCUIT_OPEN -> "Dooray failed several times in a row and is left alone for a moment.";
			case CANCELED -> "The delivery was canceled.";
		};
	}

	private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String type, String title, String detail,
			@org.jspecify.annotations.Nullable Duration retryAfter) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:dooray-adapter:" + type));
		problem.setTitle(title);
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (retryAfter != null) {
			answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
		}
		return answer.body(problem);
	}

}
