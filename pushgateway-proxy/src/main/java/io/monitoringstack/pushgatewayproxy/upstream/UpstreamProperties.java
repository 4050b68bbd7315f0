package io.monitoringstack.pushgatewayproxy.upstream;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Pushgateway is and how long it may take. Java clients give up after ten seconds,
 * so the waiting times together stay below that.
 *
 * @param url address of Pushgateway, with the route prefix if it has one
 * @param connectTimeout time to wait for a connection to be made
 * @param queueTimeout time to wait for a free connection
 * @param timeout time from the checked push to the answer, all waiting and a second
 * attempt included
 * @param maxConnections most connections at a time. Pushgateway stores one push after the
 * other, so more do not make it faster
 * @param maxQueue most pushes that wait for a connection
 */
@Validated
@ConfigurationProperties("pushgateway")
public record UpstreamProperties(@NotNull @DefaultValue("http://localhost:9191") URI url,
		@NotNull @DefaultValue("1s") Duration connectTimeout, @NotNull @DefaultValue("3s") Duration queueTimeout,
		@NotNull @DefaultValue("5s") Duration responseTimeout,
		@Min(1) @Max(1000) @DefaultValue("32") int maxConnections, @Min(1) @DefaultValue("5000") int maxQueue) {

	@AssertTrue(
			message = "pushgateway.url (PUSHGATEWAY_URL) must look like http://pushgateway:9091, without user, query and fragment")
	boolean isHttpUrl() {
		boolean http = "http".equalsIgnoreCase(this.url.getScheme()) || "https".equalsIgnoreCase(this.url.getScheme());
		return http && this.url.getHost() != null && this.url.getRawUserInfo() == null && this.url.getRawQuery() == null
				&& this.url.getRawFragment() == null;
	}

	@AssertTrue(message = "pushgateway.connect-timeout, queue-timeout and response-timeout must be positive")
	boolean isTimeoutPositive() {
		return this.connectTimeout.compareTo(Duration.ZERO) > 0 && this.queueTimeout.compareTo(Duration.ZERO) > 0
				&& this.responseTimeout.compareTo(Duration.ZERO) > 0;
	}

	/**
	 * The address of a path at Pushgateway.
	 * @param path raw path that begins with a slash, with the query if there is one
	 * @return the address
	 */
	String address(String path) {
		String base = this.url.toString();
		return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
	}

	boolean isSecure() {
		return "https".equalsIgnoreCase(this.url.getScheme());
	}

	/**
	 * The host and port of Pushgateway, to be looked up anew for each connection.
	 * @return the address, not resolved
	 */
	SocketAddress socketAddress() {
		int port = (this.url.getPort() >= 0) ? this.url.getPort() : (isSecure() ? 443 : 80);
		return InetSocketAddress.createUnresolved(this.url.getHost(), port);
	}

	/**
	 * What stands before each path at Pushgateway.
	 * @return the route prefix, without a slash at the end
	 */
	String prefix() {
		String path = this.url.getRawPath();
		return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

}
