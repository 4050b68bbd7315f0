package io.monitoringstack.pushgatewayproxy.edge;

import java.util.List;
import java.util.Map;

/**
 * A push or delete as it goes to Pushgateway.
 *
 * @param method verb of HTTP
 * @param path raw path, with the query if there is one
 * @param headers headers as the client sent them
 * @param body array that begins with the body
 * @param length length of the body in bytes
 */
public record StoreRequest(String method, String path, List<Map.Entry<String, String>> headers, byte[] body,
		int length) {

}
