package io.monitoringstack.doorayadapter.message;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Turns addresses as the tools know them into addresses a reader can open, and leaves out
 * those nobody can. Inside a container network the tools call each other by bare names.
 *
 * @param alertmanager where readers reach Alertmanager, {@code null} when unknown
 * @param prometheus where readers reach Prometheus
 * @param grafana where readers reach Grafana
 * @param runbooks folder that relative runbook paths start from
 * @param logs uid of the data source by which Grafana reads logs from Loki, empty when
 * there is none
 */
public record PublicUrls(@Nullable URI alertmanager, @Nullable URI prometheus, @Nullable URI grafana,
		@Nullable URI runbooks, String logs) {

	/** Beyond that, clients cut links or show a wall of percent signs. */
	private static final int MAX_LENGTH = 1000;

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

	private static final Pattern NOT_IN_URLS = Pattern.compile("[^\\x21-\\x7E]|[()\"<>\\\\^`{|}]");

	/** What Grafana gives its dashboards, and a little more. */
	private static final Pattern DASHBOARD_UID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private static final List<String> INTERNAL_SUFFIXES = List.of(".svc", ".cluster.local", ".docker.internal",
			".localdomain", ".localhost");

	public PublicUrls(@Nullable URI alertmanager, @Nullable URI prometheus, @Nullable URI grafana,
			@Nullable URI runbooks) {
		this(alertmanager, prometheus, grafana, runbooks, "");
	}

	/**
	 * Returns Alertmanager's address without a slash at its end, {@code null} when none
	 * is known that can be opened.
	 */
	@Nullable String alertmanagerBase(String externalUrl) {
		return (this.alertmanager != null) ? base(this.alertmanager) : reachable(externalUrl);
	}

	/**
	 * Returns Grafana's address.
	 */
	@Nullable String grafanaBase(String externalUrl) {
		return (this.grafana != null) ? base(this.grafana) : reachable(externalUrl);
	}

	/**
	 * Returns the page of a query or rule.
	 */
	@Nullable String source(String generatorUrl) {
		if (generatorUrl.contains("/alerting/")) {
			return move(generatorUrl, "/alerting/", this.grafana);
		}
		String marker = generatorUrl.contains("/graph?") ? "/graph?" : "/query?";
		return move(generatorUrl, marker, this.prometheus);
	}

	/**
	 * Returns the address of a dashboard or panel, also of one given as a path.
	 */
	@Nullable String dashboard(String url) {
		return move(url, "/d/", this.grafana);
	}

	/**
	 * Returns the address of a dashboard of which only the uid is known, of one of its
	 * panels when that is named too.
	 */
	@Nullable String dashboard(String uid, String panel) {
		if (this.grafana == null || !DASHBOARD_UID.matcher(uid).matches()) {
			return null;
		}
		String page = base(this.grafana) + "/d/" + uid;
		return printable(panel.matches("\\d{1,9}") ? page + "?viewPanel=" + panel : page);
	}

	/**
	 * Returns the page of Grafana's that shows log lines, {@code null} when Grafana or
	 * its source of logs is not known. The form is that of Grafana 10 and later.
	 * @param label label of the lines
	 * @param value its value
	 * @param from begin, in milliseconds since 1970
	 * @param to end, likewise or a word of Grafana's
	 */
	@Nullable String logs(String label, String value, String from, String to) {
		if (this.grafana == null || this.logs.isEmpty()) {
			return null;
		}
		String query = "{" + label + "=" + quote(value) + "}";
		// As little as Grafana needs; it adds the rest itself.
		String panes = "{\"a\":{\"datasource\":" + quote(this.logs) + ",\"queries\":[{\"refId\":\"A\",\"expr\":"
				+ quote(query) + "}],\"range\":{\"from\":" + quote(from) + ",\"to\":" + quote(to) + "}}}";
		String readable = encode(panes).replace("%3A", ":").replace("%2C", ",");
		return printable(base(this.grafana) + "/explore?schemaVersion=1&panes=" + readable);
	}

	/**
	 * Returns the text in quotes, as JSON, Alertmanager and Loki all read it.
	 */
	static String quote(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
	}

	/**
	 * Returns the address of another page of Grafana's.
	 */
	@Nullable String grafanaPage(String url) {
		return move(url, "/alerting/", this.grafana);
	}

	/**
	 * Returns the address of a runbook, {@code null} when the text is no address.
	 */
	@Nullable String runbook(String text) {
		if (SCHEME.matcher(text).matches()) {
			return reachable(text);
		}
		return (this.runbooks != null && !text.isBlank())
				? printable(base(this.runbooks) + "/" + text.replaceFirst("^(\\./|/)+", "")) : null;
	}

	// Puts the part from the marker on behind the public address where the address leads
	// nowhere as it is.
	private static @Nullable String move(String url, String marker, @Nullable URI publicBase) {
		String asItIs = reachable(url);
		int from = url.indexOf(marker);
		return (asItIs == null && publicBase != null && from >= 0) ? printable(base(publicBase) + url.substring(from))
				: asItIs;
	}

	private static String base(URI uri) {
		return uri.toString().replaceFirst("/+$", "");
	}

	/** Returns the address if it leads anywhere from outside. */
	private static @Nullable String reachable(String url) {
		URI uri = parse(url.strip());
		boolean dead = uri == null || uri.getHost() == null || isInternal(uri.getHost().toLowerCase(Locale.ROOT));
		return dead ? null : printable(url);
	}

	/** Returns the address in a form that is safe to print, if there is one. */
	private static @Nullable String printable(String url) {
		URI uri = parse(url.strip());
		if (uri == null || uri.getHost() == null || uri.getRawUserInfo() != null || isHook(uri)
				|| !("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
			return null;
		}
		String printed = uri.toString().replaceFirst("/$", "");
		boolean actsInDooray = printed.toLowerCase(Locale.ROOT).contains("dooray://");
		return (actsInDooray || printed.length() > MAX_LENGTH) ? null : printed;
	}

	/** A hook's address is a secret, wherever it comes from. */
	private static boolean isHook(URI uri) {
		String decoded = URLDecoder.decode(uri.toString(), StandardCharsets.UTF_8);
		return decoded.toLowerCase(Locale.ROOT).contains("dooray") && SafeText.holdsHook(decoded);
	}

	private static boolean isInternal(String host) {
		boolean bareName = !host.contains(".") && !host.contains(":");
		boolean thisMachine = host.startsWith("127.") || host.equals("0.0.0.0") || host.equals("[::1]");
		return bareName || thisMachine || INTERNAL_SUFFIXES.stream().anyMatch(host::endsWith);
	}

	private static @Nullable URI parse(String url) {
		if (url.length() > MAX_LENGTH) {
			return null;
		}
		try {
			return new URI(NOT_IN_URLS.matcher(url).replaceAll((match) -> encode(match.group())));
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	static String encode(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
			boolean plain = (part >= 'a' && part <= 'z') || (part >= 'A' && part <= 'Z') || (part >= '0' && part <= '9')
					|| "-._~".indexOf(part) >= 0;
			if (plain) {
				encoded.append((char) part);
			}
			else {
				encoded.append('%').append(HEX.toHexDigits(part));
			}
		}
		return encoded.toString();
	}

}
