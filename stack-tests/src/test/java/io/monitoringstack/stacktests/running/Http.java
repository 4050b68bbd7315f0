package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to the stack. Paths go out as they are written, percent signs included.
 */
final class Http {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private Http() {
	}

	static HttpResponse<String> get(URI base, String path) throws IOException {
		return send("GET", base, path, new byte[0], Map.of());
	}

	static JsonNode getJson(URI base, String path) throws IOException {
		HttpResponse<String> response = get(base, path);
		if (response.statusCode() != 200) {
			throw new IOException("%s%s answered %d: %s".formatted(base, path, response.statusCode(), response.body()));
		}
		return JSON.readTree(response.body());
	}

	static HttpResponse<String> sendJson(String method, URI base, String path, Object body) throws IOException {
		return sendJson(method, base, path, body, Map.of());
	}

	static HttpResponse<String> sendJson(String method, URI base, String path, Object body, Map<String, String> headers)
			throws IOException {
		Map<String, String> all = new HashMap<>(headers);
		all.put("Content-Type", "application/json");
		return send(method, base, path, JSON.writeValueAsBytes(body), all);
	}

	static HttpResponse<String> send(String method, URI base, String path, String body, Map<String, String> headers)
			throws IOException {
		return send(method, base, path, body.getBytes(StandardCharsets.UTF_8), headers);
	}

	static HttpResponse<String> send(String method, URI base, String path, byte[] body, Map<String, String> headers)
			throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
			.timeout(LIMIT)
			.method(method, (body.length == 0) ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
		headers.forEach(request::header);
		try {
			return CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	static JsonNode json(String text) {
		return JSON.readTree(text);
	}

}
