package io.monitoringstack.demoapp.web;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the page to its own files, and other sites' pages away from the switches: a
 * visitor's browser would otherwise let any site press them.
 */
@Component
final class SecurityFilter extends OncePerRequestFilter {

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

	private final JsonMapper json;

	SecurityFilter(JsonMapper json) {
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Referrer-Policy", "same-origin");
		if (isCrossSite(request)) {
			refuse(response);
			return;
		}
		chain.doFilter(request, response);
	}

	// Browsers send this header and pages cannot forge it; other clients do not send it.
	private static boolean isCrossSite(HttpServletRequest request) {
		return "cross-site".equals(request.getHeader("Sec-Fetch-Site")) && !SAFE_METHODS.contains(request.getMethod());
	}

	private void refuse(HttpServletResponse response) throws IOException {
		response.setStatus(Problem.CROSS_SITE.status().value());
		response.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream()
			.write(this.json
				.writeValueAsBytes(Problem.CROSS_SITE.with("Changes are accepted from this site's own page")));
	}

}
