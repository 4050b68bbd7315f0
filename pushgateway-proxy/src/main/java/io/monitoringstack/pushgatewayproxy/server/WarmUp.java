package io.monitoringstack.pushgatewayproxy.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ContentRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Walks the way of a push once before the service calls itself ready, so that the first
 * caller does not wait for classes to load. Pushes that come earlier work too, just
 * slower.
 */
@Component
final class WarmUp implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

	private static final int ROUNDS = 30;

	private static final int PATIENCE_MILLIS = 1000;

	private static final byte[] SAMPLE = """
			# HELP a Some help.
			# TYPE a histogram
			a_bucket{x="1",le="0.5"} 1
			a_bucket{x="1",le="+Inf"} 2
			a_sum{x="1"} 1.5e3
			a_count{x="1"} 2
			b{y="z"} 4
			""".getBytes(StandardCharsets.UTF_8);

	private final ReactiveWebServerApplicationContext context;

	WarmUp(ReactiveWebServerApplicationContext context) {
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments args) {
		ContentRules rules = new ContentRules(Set.of("job"), false, 100);
		for (int i = 0; i < ROUNDS; i++) {
			ContentCheck.check(ContentKind.TEXT, SAMPLE, SAMPLE.length, rules);
		}
		try {
			askForReadiness();
		}
		catch (IOException ex) {
			logger.debug("warm-up gave up: {}", ex.toString());
		}
	}

	/**
	 * Asks through the proxy, which walks server, routes, filters and connection pool.
	 */
	private void askForReadiness() throws IOException {
		int port = (this.context.getWebServer() != null) ? this.context.getWebServer().getPort() : -1;
		if (port <= 0) {
			return;
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
			socket.setSoTimeout(PATIENCE_MILLIS);
			byte[] buffer = new byte[4096];
			for (int i = 0; i < ROUNDS; i++) {
				socket.getOutputStream()
					.write("GET /-/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				if (socket.getInputStream().read(buffer) < 0) {
					return;
				}
			}
		}
	}

}
