package io.monitoringstack.doorayadapter.dooray;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which URLs may be hooks: Dooray's own hosts by HTTPS, and what the operator
 * lists. Keeps a typing error or a planted setting from sending alerts elsewhere.
 */
final class HookPolicy {

	/** The clouds for companies, the public sector (two networks) and finance. */
	private static final List<String> DOORAY_SUFFIXES = List.of(".dooray.com", ".gov-dooray.com", ".gov-dooray.co.kr",
			".dooray.co.kr");

	/** A comma within a URL is part of it. */
	private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*(?=(?i:https?://))|\\s+");

	private final Set<String> allowedHosts;

	private final URI simulator;

	private final String simulatorTemplate;

	HookPolicy(DoorayProperties properties) {
		this.allowedHosts = properties.allowedHosts()
			.stream()
			.map((host) -> host.strip().toLowerCase(Locale.ROOT))
			.filter((host) -> !host.isEmpty())
			.collect(Collectors.toUnmodifiableSet());
		this.simulatorTemplate = properties.simulatorUrl();
		this.simulator = parse("DOORAY_SIMULATOR_URL", this.simulatorTemplate.replace("{channel}", "channel"));
	}

	/**
	 * Reads a hook's URL, or two while it is rotated: the new one and the old one.
	 * @param source variable or file it comes from, for the message
	 * @param text the URLs
	 * @return the URLs
	 * @throws InvalidHookException if there are more, or one is not a URL or its host is
	 * not allowed
	 */
	HookUrls hooks(String source, String text) {
		String[] urls = BETWEEN.split(text.strip());
		if (urls.length > 2) {
			throw new InvalidHookException(
					source + " holds more than two URLs: write the new hook, then the old one until it is gone.");
		}
		URI current = hook(source, urls[0]);
		URI previous = (urls.length > 1) ? hook(source, urls[1]) : current;
		return new HookUrls(current, previous.equals(current) ? null : previous);
	}

	private URI hook(String source, String text) {
		URI url = parse(source, text);
		if (!allowed(url)) {
			throw new InvalidHookException(source
					+ " points to a host that is neither Dooray's (by https) nor listed in DOORAY_ALLOWED_HOSTS.");
		}
		return url;
	}

	URI simulator(String channel) {
		// Anything but plain letters would need escaping, and the simulator does not
		// mind.
		String segment = channel.replaceAll("[^a-z0-9.-]", "_");
		return URI.create(this.simulatorTemplate.replace("{channel}", segment));
	}

	boolean isSimulator(URI url) {
		return host(url).equals(host(this.simulator)) && port(url) == port(this.simulator);
	}

	private URI parse(String source, String text) {
		URI url = uri(text.strip());
		boolean usable = url != null && url.getHost() != null && url.getRawUserInfo() == null
				&& url.getRawFragment() == null && url.getRawPath() != null && url.getRawPath().length() > 1
				&& ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()));
		if (url == null || !usable) {
			throw new InvalidHookException(source + " does not hold a valid http(s) URL of an incoming hook.");
		}
		return url;
	}

	@org.jspecify.annotations.Nullable
	private static URI uri(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private boolean allowed(URI url) {
		String host = host(url);
		if (isSimulator(url) || this.allowedHosts.contains(host)
				|| this.allowedHosts.contains(host + ":" + port(url))) {
			return true;
		}
		boolean dooray = DOORAY_SUFFIXES.stream().anyMatch(host::endsWith);
		return dooray && "https".equalsIgnoreCase(url.getScheme()) && port(url) == 443;
	}

	private static String host(URI url) {
		return url.getHost().toLowerCase(Locale.ROOT);
	}

	private static int port(URI url) {
		if (url.getPort() >= 0) {
			return url.getPort();
		}
		return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
	}

}
