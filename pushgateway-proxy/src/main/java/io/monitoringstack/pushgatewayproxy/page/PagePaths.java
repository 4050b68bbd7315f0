package io.monitoringstack.pushgatewayproxy.page;

import java.util.Set;

/**
 * The addresses that may be read: Pushgateway's page with the files it needs, its scrape,
 * its two JSON documents and its health. They are compared as sent, so no other spelling
 * gets through.
 */
public final class PagePaths {

	private static final Set<String> EXACT = Set.of("/", "/metrics", "/api/v1/metrics", "/api/v1/status", "/-/healthy",
			"/-/ready");

	private static final String STATIC = "/static/";

	private PagePaths() {
	}

	/**
	 * Tells whether an address may be read.
	 * @param path raw path
	 * @return whether it is one of Pushgateway's pages
	 */
	public static boolean contains(String path) {
		return EXACT.contains(path) || isStaticFile(path);
	}

	private static boolean isStaticFile(String path) {
		if (!path.startsWith(STATIC) || path.endsWith("/") || path.endsWith("/index.html")) {
			return false;
		}
		boolean partBegins = true;
		for (int i = STATIC.length(); i < path.length(); i++) {
			char c = path.charAt(i);
			boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
			boolean inside = c == '.' || c == '-' || c == '_' || c == '/';
			if (!letterOrDigit && (partBegins || !inside)) {
				return false;
			}
			partBegins = c == '/';
		}
		return !partBegins;
	}

}
