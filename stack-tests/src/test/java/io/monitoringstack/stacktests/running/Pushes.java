package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Pushes as {@code curl --data-binary} sends them: whatever the verb, the body is called
 * a form.
 */
final class Pushes {

	private static final Map<String, String> AS_CURL = Map.of("Content-Type", "application/x-www-form-urlencoded");

	private Pushes() {
	}

	static HttpResponse<String> put(String group, String body) throws IOException {
		return Http.send("PUT", Stack.PROXY, group, body, AS_CURL);
	}

	static HttpResponse<String> post(String group, String body) throws IOException {
		return Http.send("POST", Stack.PROXY, group, body, AS_CURL);
	}

	static HttpResponse<String> delete(String group) throws IOException {
		return Http.send("DELETE", Stack.PROXY, group, "", Map.of());
	}

	/**
	 * Return the grouping labels of all groups in Pushgateway.
	 * @return labels as JSON text, so that any part can be looked for
	 * @throws IOException if the proxy does not answer
	 */
	static List<String> groups() throws IOException {
		List<String> groups = new ArrayList<>();
		for (JsonNode group : Http.getJson(Stack.PROXY, "/api/v1/metrics").path("data")) {
			groups.add(group.path("labels").toString());
		}
		return groups;
	}

}
