package io.monitoringstack.pushgatewayproxy.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A push or delete as it goes to Pushgateway.
 *
 * @param method verb of HTTP
 * @param path raw path, with the query if there is one
 * @param headers headers as the client sent them
 * @param body array that begins with the body
 * @param length length of the body in bytes
 * @param tail what follows the body
 */
public record StoreRequest(String method, String path, List<Map.Entry<String, String>> headers, byte[] body, int length,
		byte[] tail) {

	private static final String CONTENT_LENGTH = "content-length";

	private static final String CONTENT_TYPE = "content-type";

	private static final byte[] NOTHING = new byte[0];

	public StoreRequest(String method, String path, List<Map.Entry<String, String>> headers, byte[] body, int length) {
		this(method, path, headers, body, length, NOTHING);
	}

	/**
	 * The same under another verb.
	 * @param other the verb
	 * @return the request
	 */
	StoreRequest withMethod(String other) {
		return new StoreRequest(other, this.path, this.headers, this.body, this.length, this.tail);
	}

	/**
	 * The same with more behind the body.
	 * @param more what follows
	 * @return the request
	 */
	StoreRequest followedBy(byte[] more) {
		List<Map.Entry<String, String>> changed = without(Set.of(CONTENT_LENGTH));
		changed.add(Map.entry("Content-Length", Integer.toString(this.length + more.length)));
		return new StoreRequest(this.method, this.path, changed, this.body, this.length, more);
	}

	/**
	 * The same with another body.
	 * @param contentType its Content-Type
	 * @param other the body
	 * @return the request
	 */
	StoreRequest withBody(String contentType, byte[] other) {
		List<Map.Entry<String, String>> changed = without(Set.of(CONTENT_LENGTH, CONTENT_TYPE, "content-encoding"));
		changed.add(Map.entry("Content-Type", contentType));
		changed.add(Map.entry("Content-Length", Integer.toString(other.length)));
		return new StoreRequest(this.method, this.path, changed, other, other.length, NOTHING);
	}

	private List<Map.Entry<String, String>> without(Set<String> names) {
		List<Map.Entry<String, String>> rest = new ArrayList<>(this.headers);
		rest.removeIf((header) -> names.contains(header.getKey().toLowerCase(Locale.ROOT)));
		return rest;
	}

}
