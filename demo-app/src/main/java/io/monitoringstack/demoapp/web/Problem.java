package io.monitoringstack.demoapp.web;

import java.net.URI;
import java.util.Locale;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * The kinds of problem that this service answers with (RFC 9457).
 */
enum Problem {

	MEMO_NOT_FOUND(HttpStatus.NOT_FOUND, "Memo not found"),

	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),

	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Request too large"),

	UNKNOWN_SWITCH(HttpStatus.NOT_FOUND, "Unknown chaos switch"),

	INVALID_CHAOS(HttpStatus.BAD_REQUEST, "Invalid chaos parameter"),

	CHAOS(HttpStatus.INTERNAL_SERVER_ERROR, "Failed on purpose"),

	CROSS_SITE(HttpStatus.FORBIDDEN, "Request from another site"),

	NEIGHBOUR_UNAVAILABLE(HttpStatus.BAD_GATEWAY, "Neighbour unavailable"),

	NEIGHBOUR_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "Neighbour too slow"),

	DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Database unavailable"),

	INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

	private final HttpStatus status;

	private final String title;

	Problem(HttpStatus status, String title) {
		this.status = status;
		this.title = title;
	}

	HttpStatus status() {
		return this.status;
	}

	ProblemDetail with(String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(this.status, detail);
		problem.setType(URI.create("urn:demo-app:" + name().toLowerCase(Locale.ROOT).replace('_', '-')));
		problem.setTitle(this.title);
		return problem;
	}

}
