package io.monitoringstack.demoapp.web;

import java.util.List;

import io.monitoringstack.demoapp.chaos.ChaosFailureException;
import io.monitoringstack.demoapp.chaos.InvalidChaosException;
import io.monitoringstack.demoapp.chaos.UnknownSwitchException;
import io.monitoringstack.demoapp.memo.MemoNotFoundException;
import io.monitoringstack.demoapp.memo.SummaryUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.exc.StreamConstraintsException;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Turns failures into problems (RFC 9457). What a driver or a neighbour said is logged,
 * never answered: it may hold addresses.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	private static final String RETRY_AFTER_SECONDS = "5";

	@ExceptionHandler
	ProblemDetail handle(MemoNotFoundException ex) {
		return Problem.MEMO_NOT_FOUND.with("There is no memo %d".formatted(ex.getId()));
	}

	@ExceptionHandler
	ProblemDetail handle(UnknownSwitchException ex) {
		return Problem.UNKNOWN_SWITCH.with(String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail handle(InvalidChaosException ex) {
		return Problem.INVALID_CHAOS.with(String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail handle(ChaosFailureException ex) {
		log.error("Request failed on purpose");
		return Problem.CHAOS.with(String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail handle(SummaryUnavailableException ex) {
		Problem problem = ex.isTimedOut() ? Problem.NEIGHBOUR_TIMEOUT : Problem.NEIGHBOUR_UNAVAILABLE;
		log.atWarn().addKeyValue("reason", rootCause(ex)).log("Neighbour gave no summary");
		return problem.with("The memo could not be summarized; try again later");
	}

	@ExceptionHandler
	@Nullable ResponseEntity<ProblemDetail> handle(DataAccessException ex) {
		if (isUnavailable(ex)) {
			log.atError().addKeyValue("reason", rootCause(ex)).log("Database is not available");
			return ResponseEntity.status(Problem.DATABASE_UNAVAILABLE.status())
				.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
				.body(Problem.DATABASE_UNAVAILABLE.with("The database does not answer; try again later"));
		}
		return unexpected(ex);
	}

	@ExceptionHandler
	@Nullable ResponseEntity<ProblemDetail> handleUnexpected(Exception ex) {
		if (DisconnectedClientHelper.isClientDisconnectedException(ex)) {
			return null;
		}
		return unexpected(ex);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return invalid(ex.getBindingResult()
			.getFieldErrors()
			.stream()
			.map((error) -> new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage())))
			.toList());
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return invalid(ex.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> new FieldProblem(String.valueOf(result.getMethodParameter().getParameterName()),
						String.valueOf(error.getDefaultMessage()))))
			.toList());
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (ex.contains(StreamConstraintsException.class)) {
			return answer(Problem.TOO_LARGE, Problem.TOO_LARGE.with("The body is larger than any memo can be"));
		}
		// Bodies are read for memos and for switches alone.
		if (request.getDescription(false).startsWith("uri=/chaos/")) {
			return answer(Problem.INVALID_CHAOS, Problem.INVALID_CHAOS
				.with("The body must be a JSON object such as {\"duration\": \"5m\"}, or empty"));
		}
		return answer(Problem.INVALID_REQUEST,
				Problem.INVALID_REQUEST.with("The body must be a JSON object with 'title' and 'body'"));
	}

	private static ResponseEntity<Object> invalid(List<FieldProblem> errors) {
		ProblemDetail problem = Problem.INVALID_REQUEST.with("Some values are not acceptable; see 'errors'");
		problem.setProperty("errors", errors);
		return answer(Problem.INVALID_REQUEST, problem);
	}

	private static ResponseEntity<Object> answer(Problem problem, ProblemDetail detail) {
		return ResponseEntity.status(problem.status()).body(detail);
	}

	private static ResponseEntity<ProblemDetail> unexpected(Exception ex) {
		log.error("Request failed", ex);
		return ResponseEntity.status(Problem.INTERNAL.status())
			.body(Problem.INTERNAL.with("Something went wrong here; the log of this service says what"));
	}

	private static boolean isUnavailable(DataAccessException ex) {
		return ex instanceof NonTransientDataAccessResourceException || ex instanceof TransientDataAccessException
				|| ex instanceof RecoverableDataAccessException;
	}

	private static String rootCause(Throwable ex) {
		Throwable cause = ex;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause.getClass().getSimpleName();
	}

}
