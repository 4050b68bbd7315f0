package io.monitoringstack.stacktests.pages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;

/**
 * A service that has a page.
 *
 * @param name environment variable that holds its address
 * @param base its address, without a slash at the end
 */
record Site(String name, String base) {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.connectTimeout(Duration.ofSeconds(2))
		.followRedirects(HttpClient.Redirect.NORMAL)
		.build();

	/**
	 * Return the site at the address that was set, as a system property or in the
	 * environment.
	 * @param name name of the variable, as in {@code SIMULATOR_URL}
	 * @param otherwise address if it was not set
	 * @return the site
	 */
	static Site of(String name, String otherwise) {
		String property = System.getProperty(name);
		String environment = System.getenv(name);
		String url = (property != null) ? property : (environment != null) ? environment : otherwise;
		return new Site(name, url.replaceAll("/+$", ""));
	}

	/**
	 * Send a request.
	 * @param method verb
	 * @param path path below the address
	 * @param body JSON, or empty
	 * @return the status of the answer
	 */
	int send(String method, String path, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path)).timeout(LIMIT);
		if (body.isEmpty()) {
			request.method(method, BodyPublishers.noBody());
		}
		else {
			request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
		}
		try {
			return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
		}
		catch (IOException ex) {
			throw new IllegalStateException("%s %s%s was not answered".formatted(method, this.base, path), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Send a request that must succeed.
	 * @param method verb
	 * @param path path below the address
	 * @param body JSON, or empty
	 */
	void order(String method, String path, String body) {
		int status = send(method, path, body);
		if (status / 100 != 2) {
			throw new IllegalStateException("%s %s%s answered %d".formatted(method, this.base, path, status));
		}
	}

	/**
	 * Return why the page cannot be tested.
	 * @return a sentence; empty if the page is there
	 */
	String whyNot() {
		try {
			int status = send("GET", "/", "");
			return (status == 200) ? "" : "%s answers %d; set %s.".formatted(this.base, status, this.name);
		}
		catch (IllegalStateException ex) {
			return "%s does not answer; start the service or set %s.".formatted(this.base, this.name);
		}
	}

	String slug() {
		return this.name.toLowerCase(Locale.ROOT).replace("_url", "").replace('_', '-');
	}

}
