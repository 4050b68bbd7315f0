package io.monitoringstack.doorayadapter.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.ChannelLanguages;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.KnownChannels;
import io.monitoringstack.doorayadapter.delivery.OnceOnly;
import io.monitoringstack.doorayadapter.delivery.Preview;
import io.monitoringstack.doorayadapter.duty.Duty;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageTemplates;
import io.monitoringstack.doorayadapter.webhook.RejectedBodyException;
import io.monitoringstack.doorayadapter.webhook.WebhookReader;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells what the configuration makes of channels, links and one message.
 */
@Profile("check")
@Component
class ConfigurationReport {

	private static final String SAMPLE = """
			{"version":"4","receiver":"dooray","groupKey":"check","status":"firing","alerts":[{"status":"firing",
			"labels":{"alertname":"InstanceDown","severity":"critical","instance":"web-01:9100"},
			"annotations":{"summary":"web-01 does not answer"}}]}""";

	private static final List<String> LINKS = List.of("ALERTMANAGER_EXTERNAL_URL", "PROMETHEUS_EXTERNAL_URL",
			"GRAFANA_EXTERNAL_URL", "RUNBOOK_BASE_URL");

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

	private final KnownChannels channels;

	private final OnceOnly deliveries;

	private final WebhookReader reader;

	private final ChannelLanguages languages;

	private final MessageTemplates templates;

	private final Environment environment;

	private final Duty duty;

	private final Clock clock;

	ConfigurationReport(KnownChannels channels, OnceOnly deliveries, WebhookReader reader, ChannelLanguages languages,
			MessageTemplates templates, Environment environment, Duty duty, Clock clock) {
		this.channels = channels;
		this.deliveries = deliveries;
		this.reader = reader;
		this.languages = languages;
		this.templates = templates;
		this.environment = environment;
		this.duty = duty;
		this.clock = clock;
	}

	/**
	 * Tells it.
	 * @param file webhook body to explain, {@code null} for the built-in one
	 * @param in standard input
	 * @param out where to
	 * @return what is wrong
	 */
	List<String> write(@Nullable String file, InputStream in, PrintStream out) {
		out.println("Channels");
		this.channels.hooks().forEach((hook) -> out.printf("  %-14s %s%n", hook.channel(), describe(hook)));
		out.println("Languages");
		writeLanguages(out);
		out.println("Templates");
		out.printf("  %s%n", this.templates.channels().isEmpty() ? "none: built-in texts"
				: String.join(", ", new TreeSet<>(this.templates.channels())));
		out.println("Links");
		for (String link : LINKS) {
			out.printf("  %-26s %s%n", link, link(this.environment.getProperty(link, "").strip()));
		}
		try (InputStream body = open(file, in)) {
			explain(name(file), this.reader.read(body), out);
			return Stream.concat(Stream.of(this.duty.problem()), this.templates.problems().stream())
				.filter((problem) -> !problem.isEmpty())
				.toList();
		}
		catch (RejectedBodyException ex) {
			return List.of("The webhook body is refused with 400. " + ex.getMessage());
		}
		catch (IOException ex) {
			return List.of("The file cannot be read: " + file);
		}
	}

	private void writeLanguages(PrintStream out) {
		out.printf("  %-14s %s%n", "all", word(this.languages.ofAll()));
		new TreeMap<>(this.languages.own()).forEach((channel, language) -> out.printf("  %-14s %s%s%n", channel,
				word(language), this.channels.names().contains(channel) ? "" : "  (there is no such channel)"));
	}

	private static String word(Language language) {
		return language.name().toLowerCase(Locale.ROOT);
	}

	private static String name(@Nullable String file) {
		if (file == null) {
			return "a critical alert";
		}
		return file.equals("-") ? "what was sent to standard input" : file;
	}

	private static InputStream open(@Nullable String file, InputStream in) throws IOException {
		if (file == null) {
			return new ByteArrayInputStream(SAMPLE.getBytes(StandardCharsets.UTF_8));
		}
		return file.equals("-") ? in : Files.newInputStream(Path.of(file));
	}

	// The host is no secret; everything behind it is.
	private static String describe(Hook hook) {
		String address = address(hook.url());
		URI previous = hook.previous();
		if (previous != null) {
			address += ", when that is refused the old one: " + address(previous);
		}
		return switch (hook.role()) {
			case SIMULATOR -> address + "  (simulator: no hook is set)";
			case SUBSTITUTE -> address + "  (no hook of its own: %s stands in)".formatted(hook.servedBy());
			case REGULAR -> hook.servedBy().equals(hook.channel()) ? address
					: address + "  (shares the hook of %s)".formatted(hook.servedBy());
		};
	}

	private static String address(URI url) {
		return "%s://%s/***".formatted(url.getScheme(), url.getRawAuthority());
	}

	private static String link(String url) {
		if (url.isEmpty()) {
			return "not set: links that only open inside are left out";
		}
		boolean local = THIS_MACHINE.contains(String.valueOf(URI.create(url).getHost()));
		return url + (local ? "  (opens on this machine only)" : "");
	}

	private void explain(String what, WebhookMessage message, PrintStream out) {
		Preview preview = this.deliveries.preview(message, null);
		out.printf("What becomes of %s%n", what);
		out.printf("  channel        %s%n", preview.route().channel());
		out.printf("  because        %s%n", preview.route().reason().explanation());
		out.printf("  hook of        %s%n", preview.servedBy());
		out.printf("  first line     %s%n", preview.message().text().lines().findFirst().orElse(""));
		out.printf("  mentions       %s%n", this.duty.explain(message, Changes.UNKNOWN, this.clock.instant()));
		String calendar = this.duty.calendar(this.clock.instant());
		if (!calendar.isEmpty()) {
			out.printf("  holidays       %s%n", calendar);
		}
	}

}
