package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away callers that do not know the token, before anything of the body is read.
 * Actuator stays open: it holds no secret, and probes and Prometheus send none. So do the
 * files of the page, which asks for the token itself.
 */
final class WebhookAuthentication extends OncePerRequestFilter {

	private static final String ANSWER = """
			{"type":"urn:dooray-adapter:unauthorized","title":"Not authorised","status":401,\
			"detail":"Send the token as http_config.authorization.credentials or as the password of basic_auth."}""";

	private final WebhookToken token;

	private final WebhookMetrics metrics;

	WebhookAuthentication(WebhookToken token, WebhookMetrics metrics) {
		this.token = token;
		this.metrics = metrics;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		boolean reading = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
		return OpenPaths.actuator(path) || (reading && OpenPaths.page(path));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.token.accepts(request.getHeader(HttpHeaders.AUTHORIZATION))) {
			chain.doFilter(request, response);
			return;
		}
		this.metrics.unauthorized();
		response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"dooray-adapter\"");
		if (request.getHeader("Sec-Fetch-Mode") == null && request.getHeader("X-Requested-With") == null) {
			// A browser would ask by itself, in the page's stead, and keep the answer.
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"dooray-adapter\"");
		}
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(ANSWER.getBytes(StandardCharsets.UTF_8));
	}

}
