package io.monitoringstack.doorayadapter.routing;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the channel of a message. In this order: the channel in the request path, a
 * label of the matched route, the receiver's name, the highest severity, the default.
 */
public final class ChannelRouter {

	private final List<String> routeLabels;

	private final String unknownSeverityChannel;

	private final Predicate<String> exists;

	/**
	 * Create a new router.
	 * @param routeLabels labels of a route that may name the channel
	 * @param unknownSeverityChannel channel of alerts whose severity is not known
	 * @param exists tells whether a channel of that name is configured
	 */
	public ChannelRouter(List<String> routeLabels, String unknownSeverityChannel, Predicate<String> exists) {
		this.routeLabels = List.copyOf(routeLabels);
		this.unknownSeverityChannel = Channel.normalise(unknownSeverityChannel);
		this.exists = exists;
	}

	public Route route(WebhookMessage message, @Nullable String pathChannel) {
		if (pathChannel != null) {
			return named(pathChannel, Route.Reason.PATH, message);
		}
		String label = routeLabel(message);
		if (label != null) {
			return named(label, Route.Reason.ROUTE_LABEL, message);
		}
		String receiver = message.group().receiver().toLowerCase(Locale.ROOT);
		for (String channel : List.of(Channel.CRITICAL, Channel.WARNING)) {
			if (receiver.contains(channel)) {
				return new Route(channel, Route.Reason.RECEIVER, "");
			}
		}
		return bySeverity(message.severity());
	}

	// A name that no channel has is a typing error in a URL or a label. Refusing it would
	// lose the alerts until somebody reads Alertmanager's log, so they go to the default
	// channel with a line that names the error. Where there is none but critical and
	// warning, severity decides between them.
	private Route named(String name, Route.Reason reason, WebhookMessage message) {
		String channel = Channel.normalise(name);
		boolean standard = List.of(Channel.DEFAULT, Channel.CRITICAL, Channel.WARNING, Channel.INFO).contains(channel);
		if (channel.equals(Channel.INFO)) {
			return new Route(infoChannel(), reason, "");
		}
		if (standard || this.exists.test(channel)) {
			return new Route(channel, reason, "");
		}
		boolean bySeverity = !this.exists.test(Channel.DEFAULT)
				&& (this.exists.test(Channel.CRITICAL) || this.exists.test(Channel.WARNING));
		String stead = bySeverity ? bySeverity(message.severity()).channel() : Channel.DEFAULT;
		return new Route(stead, Route.Reason.UNKNOWN_CHANNEL, name);
	}

	// The first label that names a channel wins; one that names none is told of.
	private @Nullable String routeLabel(WebhookMessage message) {
		String unknown = null;
		for (String name : this.routeLabels) {
			String value = message.group().routeLabels().getOrDefault(name, "");
			if (this.exists.test(Channel.normalise(value))) {
				return value;
			}
			unknown = (unknown == null && !value.isBlank()) ? value : unknown;
		}
		return unknown;
	}

	private Route bySeverity(@Nullable Severity severity) {
		if (severity == null) {
			return new Route(Channel.DEFAULT, Route.Reason.NOTHING_KNOWN, "");
		}
		return switch (severity) {
			case CRITICAL -> new Route(Channel.CRITICAL, Route.Reason.SEVERITY, "");
			case WARNING -> new Route(Channel.WARNING, Route.Reason.SEVERITY, "");
			case INFO -> new Route(infoChannel(), Route.Reason.SEVERITY, "");
			case UNKNOWN -> new Route(this.unknownSeverityChannel, Route.Reason.UNKNOWN_SEVERITY, "");
		};
	}

	// Few have a channel for information; it shares the mildest one there is.
	private String infoChannel() {
		for (String channel : List.of(Channel.INFO, Channel.DEFAULT, Channel.WARNING)) {
			if (this.exists.test(channel)) {
				return channel;
			}
		}
		return Channel.INFO;
	}

}
