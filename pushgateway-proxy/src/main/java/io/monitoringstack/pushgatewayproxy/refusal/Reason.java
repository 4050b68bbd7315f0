package io.monitoringstack.pushgatewayproxy.refusal;

import java.util.Locale;

/**
 * Why a request did not end well: the closed set behind the {@code reason} label of
 * metrics and access lines.
 */
public enum Reason {

	/** The path is no readable grouping key. */
	PATH,

	/** Nothing to pass on exists at this address. */
	NOT_FOUND,

	/** The address exists, the verb does not. */
	METHOD,

	/** The token is missing or wrong. */
	UNAUTHORIZED,

	/** The token does not allow this job or these labels. */
	FORBIDDEN,

	/** The job pushes more often than it may. */
	RATE,

	/** The body is larger than allowed, as sent or decoded. */
	TOO_LARGE,

	/** The body holds more series, or more labels in one series, than allowed. */
	TOO_MANY_SERIES,

	/** Content-Encoding is not one that Pushgateway decodes. */
	ENCODING,

	/** The body is not what its Content-Encoding says. */
	CORRUPT,

	/** The body does not parse. */
	SYNTAX,

	/** The body ends in the middle of a line. */
	NEWLINE,

	/** A sample has a timestamp. */
	TIMESTAMP,

	/** The life that the push asks for its group is not readable. */
	TTL,

	/** The name that the push gives its source is not usable. */
	SOURCE,

	/** The selection of groups to delete is not readable. */
	SELECTOR,

	/** Two samples of the push are the same series. */
	DUPLICATE,

	/** The push contradicts itself in another way. */
	CONFLICT,

	/** Pushgateway holds as many series as it may. */
	STORE_FULL,

	/** What Pushgateway holds is not known yet. */
	INDEX_NOT_READY,

	/** The request body did not arrive. */
	INCOMPLETE,

	/** Too many bytes of pushes are in memory at this moment. */
	BUSY,

	/** Pushgateway refused the push. */
	UPSTREAM_REFUSED,

	/** Pushgateway cannot be reached, or broke off before it answered. */
	UPSTREAM_DOWN,

	/** Pushgateway took too long. */
	UPSTREAM_SLOW,

	/** Pushgateway answered with a server error. */
	UPSTREAM_ERROR,

	/** The client went away. */
	CANCELLED,

	/** A defect of the proxy. */
	INTERNAL;

	private final String label = name().toLowerCase(Locale.ROOT);

	/**
	 * Spelling in metrics and access lines.
	 * @return the lower-case name
	 */
	public String label() {
		return this.label;
	}

}
