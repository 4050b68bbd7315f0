package io.monitoringstack.doorayadapter.dooray;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The proxy of the usual variables <code>https_proxy</code>, <code>http_proxy</code> and
 * <code>no_proxy</code>, which the JDK does not read by itself. For HTTPS, that is for
 * Dooray, <code>DOORAY_PROXY</code> wins over them. Where a scheme has none, the JDK's
 * own properties decide.
 */
final class ProxySettings extends ProxySelector {

	private final @Nullable URI https;

	private final @Nullable URI http;

	private final List<String> direct;

	private final @Nullable ProxySelector fallback;

	/**
	 * Create new settings.
	 * @param variables returns a variable's value or an empty text
	 * @param fallback decides where no variable is set
	 */
	ProxySettings(UnaryOperator<String> variables, @Nullable ProxySelector fallback) {
		URI own = proxy("DOORAY_PROXY", variables);
		this.https = (own != null) ? own : proxy("https_proxy", variables);
		this.http = proxy("http_proxy", variables);
		this.direct = Stream.of(variables.apply("no_proxy").split(","))
			.map((host) -> host.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
			.filter((host) -> !host.isEmpty())
			.toList();
		this.fallback = fallback;
	}

	private static @Nullable URI proxy(String name, UnaryOperator<String> variables) {
		String text = variables.apply(name).strip();
		if (text.isEmpty()) {
			return null;
		}
		try {
			URI proxy = new URI(text.contains("://") ? text : "http://" + text);
			if (proxy.getHost() != null) {
				return proxy;
			}
		}
		catch (URISyntaxException ex) {
			// Told below, without the text: it may hold a password.
		}
		throw new InvalidHookException(name + " does not hold a valid proxy URL.");
	}

	@Override
	public List<Proxy> select(URI target) {
		String host = target.getHost().toLowerCase(Locale.ROOT);
		URI proxy = "https".equalsIgnoreCase(target.getScheme()) ? this.https : this.http;
		if (isLocal(host) || isDirect(host, target.getPort())) {
			return List.of(Proxy.NO_PROXY);
		}
		if (proxy == null) {
			return (this.fallback != null) ? this.fallback.select(target) : List.of(Proxy.NO_PROXY);
		}
		int port = (proxy.getPort() > 0) ? proxy.getPort() : 3128;
		return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
	}

	private static boolean isLocal(String host) {
		return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
	}

	private boolean isDirect(String host, int port) {
		return this.direct.stream()
			.anyMatch((name) -> name.equals("*") || host.equals(name) || host.endsWith("." + name)
					|| (host + ":" + port).equals(name));
	}

	@Override
	public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
		// Nothing to choose between: the exchange fails and is told as such.
	}

	// Returns what answers the proxy's question for a password, if one is set.
	Optional<Authenticator> authenticator() {
		return Stream.of(Optional.ofNullable(this.https), Optional.ofNullable(this.http))
			.flatMap(Optional::stream)
			.map(URI::getUserInfo)
			.filter((user) -> user != null && user.contains(":"))
			.findFirst()
			.map(ProxyPassword::new);
	}

	private static final class ProxyPassword extends Authenticator {

		private final String[] parts;

		private ProxyPassword(String userInfo) {
			this.parts = userInfo.split(":", 2);
		}

		@Override
		protected @Nullable PasswordAuthentication getPasswordAuthentication() {
			boolean proxy = getRequestorType() == RequestorType.PROXY;
			return proxy ? new PasswordAuthentication(this.parts[0], this.parts[1].toCharArray()) : null;
		}

	}

}
