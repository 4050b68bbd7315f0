package io.monitoringstack.pushgatewayproxy.push;

import org.springframework.http.HttpMethod;

/**
 * What a PUT does to metrics that are in its group already.
 */
public enum PushMode {

	/** A PUT becomes a POST: only metrics of the same name are replaced. */
	MERGE,

	/** A PUT stays a PUT: the whole group is replaced. */
	REPLACE,

	/**
	 * A PUT takes the place of what the same source pushed before, and of nothing else.
	 */
	OWNED;

	HttpMethod verb(HttpMethod asked) {
		return (asked == HttpMethod.PUT && this != REPLACE) ? HttpMethod.POST : asked;
	}

}
