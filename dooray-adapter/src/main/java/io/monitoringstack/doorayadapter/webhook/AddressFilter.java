package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away whoever calls from an address that is not listed, before it can guess at the
 * token. What counts is the address of the connection: anybody can write a header.
 * Actuator stays open for probes and Prometheus.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1000)
final class AddressFilter extends OncePerRequestFilter {

	private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final String ANSWER = """
			{"type":"urn:dooray-adapter:forbiddenAddress","title":"Not from there","status":403,\
			"detail":"The address %s is not in WEBHOOK_ALLOWED_ADDRESSES of dooray-adapter."}""";

	private final AllowedAddresses addresses;

	private final WebhookMetrics metrics;

	private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

	AddressFilter(AllowedAddresses addresses, WebhookMetrics metrics) {
		this.addresses = addresses;
		this.metrics = metrics;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return this.addresses.everybody() || OpenPaths.actuator(path);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String address = String.valueOf(request.getRemoteAddr());
		if (this.addresses.allow(address)) {
			chain.doFilter(request, response);
			return;
		}
		this.metrics.forbiddenAddress();
		report(address);
		response.setStatus(HttpServletResponse.SC_FORBIDDEN);
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(ANSWER.formatted(address).getBytes(StandardCharsets.UTF_8));
	}

	// Once a minute: whoever is turned away decides how often it comes.
	private void report(String address) {
		long now = System.nanoTime();
		long next = this.nextLog.get();
		if (now - next >= 0 && this.nextLog.compareAndSet(next, now + PAUSE_NANOS)) {
			this.logger.warn("Turned away by WEBHOOK_ALLOWED_ADDRESSES: address=" + address);
		}
	}

}
