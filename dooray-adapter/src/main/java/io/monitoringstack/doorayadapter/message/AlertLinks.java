package io.monitoringstack.doorayadapter.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Alert;
import org.jspecify.annotations.Nullable;

/**
 * Collects the pages that help with one alert.
 */
final class AlertLinks {

	/** What a dashboard shows around the time in question. */
	private static final Duration MARGIN = Duration.ofMinutes(30);

	private final Texts texts;

	private final PublicUrls urls;

	AlertLinks(Texts texts, PublicUrls urls) {
		this.texts = texts;
		this.urls = urls;
	}

	// Returns where a click on the title leads: the first page there is.
	@Nullable String best(Alert alert) {
		for (String url : new @Nullable String[] { this.urls.runbook(runbook(alert)), dashboard(alert), panel(alert),
				this.urls.source(alert.generatorUrl()) }) {
			if (url != null) {
				return url;
			}
		}
		return null;
	}

	// Returns the pages by the names that templates know.
	Map<String, String> pages(Alert alert) {
		Map<String, String> pages = new LinkedHashMap<>();
		put(pages, "runbook", this.urls.runbook(runbook(alert)));
		put(pages, "dashboard", dashboard(alert));
		put(pages, "panel", panel(alert));
		put(pages, "logs", logs(alert));
		put(pages, "query", this.urls.source(alert.generatorUrl()));
		put(pages, "silence", this.urls.grafanaPage(alert.extras().silenceUrl()));
		return pages;
	}

	private static void put(Map<String, String> pages, String name, @Nullable String url) {
		pages.put(name, (url != null) ? url : "");
	}

	// Returns one line for each page. all: whether the page of the query, whose address
	// is
	// long, is among them
	List<String> lines(Alert alert, boolean all) {
		List<String> lines = new ArrayList<>();
		String runbook = runbook(alert);
		String runbookUrl = this.urls.runbook(runbook);
		if (runbookUrl != null) {
			lines.add(this.texts.get("link.runbook", runbookUrl));
		}
		else if (!runbook.isBlank() && !runbook.contains(":")) {
			lines.add(this.texts.get("link.runbook", TextLimit.cut(SafeText.line(runbook), 200)));
		}
		add(lines, "link.dashboard", dashboard(alert));
		add(lines, "link.panel", panel(alert));
		add(lines, "link.silence", this.urls.grafanaPage(alert.extras().silenceUrl()));
		if (all) {
			add(lines, "link.logs", logs(alert));
			add(lines, "link.source", this.urls.source(alert.generatorUrl()));
		}
		return lines;
	}

	private void add(List<String> lines, String key, @Nullable String url) {
		if (url != null) {
			lines.add(this.texts.get(key, url));
		}
	}

	private static String runbook(Alert alert) {
		String runbook = alert.annotation("runbook_url");
		return runbook.isBlank() ? alert.annotation("runbook") : runbook;
	}

	private @Nullable String dashboard(Alert alert) {
		for (String url : List.of(alert.annotation("dashboard_url"), alert.annotation("dashboard"),
				alert.extras().dashboardUrl())) {
			if (!url.isBlank()) {
				return withTimes(this.urls.dashboard(url), alert);
			}
		}
		// What Grafana's own rules call it, then a name for ours.
		for (String prefix : List.of("__dashboardUid__,__panelId__", "dashboard_uid,panel_id")) {
			String[] names = prefix.split(",");
			String uid = alert.annotation(names[0]).strip();
			if (!uid.isEmpty()) {
				return withTimes(this.urls.dashboard(uid, alert.annotation(names[1]).strip()), alert);
			}
		}
		return null;
	}

	// Log lines of what the alert is about: of the service, as Loki names it by itself,
	// else
	// of the container.
	private @Nullable String logs(Alert alert) {
		Instant start = alert.startsAt();
		String service = alert.label("service").strip();
		String container = alert.label("container").strip();
		String value = service.isEmpty() ? container : service;
		boolean plain = !value.isEmpty() && !value.contains("***") && value.equals(SafeText.line(value));
		if (start == null || !plain) {
			return null;
		}
		return this.urls.logs(service.isEmpty() ? "container" : "service_name", value, from(start), to(alert));
	}

	private @Nullable String panel(Alert alert) {
		return withTimes(this.urls.dashboard(alert.extras().panelUrl()), alert);
	}

	// Opens a Grafana dashboard at the time of the alert.
	private static @Nullable String withTimes(@Nullable String url, Alert alert) {
		Instant start = alert.startsAt();
		if (url == null || start == null || !url.contains("/d/") || url.contains("from=") || url.contains("#")) {
			return url;
		}
		return url + (url.contains("?") ? "&" : "?") + "from=" + from(start) + "&to=" + to(alert);
	}

	private static String from(Instant start) {
		return String.valueOf(start.minus(MARGIN).toEpochMilli());
	}

	private static String to(Alert alert) {
		Instant end = alert.endsAt();
		return (end != null) ? String.valueOf(end.plus(MARGIN).toEpochMilli()) : "now";
	}

}
