package io.monitoringstack.doorayadapter.webhook;

/**
 * What is open to everybody.
 */
final class OpenPaths {

	private OpenPaths() {
	}

	// Returns whether the path leads to health and metrics, read by whatever decoder or
	// proxy.
	static boolean actuator(String path) {
		return plain(path) && (path.equals("/actuator") || path.startsWith("/actuator/"));
	}

	// The server answers / with what is at /index.html, and asks again for that.
	static boolean page(String path) {
		return plain(path) && (path.equals("/") || path.equals("/index.html") || path.startsWith("/page/"));
	}

	// Nothing that a decoder or a proxy may read as another path is let through.
	private static boolean plain(String path) {
		return !path.matches(".*(\\.\\.|//|[;%\\\\]).*");
	}

}
