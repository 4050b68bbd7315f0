package io.monitoringstack.doorayadapter.delivery;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How channels are chosen.
 *
 * @param routeLabels comma-separated list of labels of an Alertmanager route that may
 * name the channel; the first that does wins
 * @param unknownSeverityChannel channel of alerts whose severity is not known
 */
@ConfigurationProperties("dooray")
record RoutingProperties(@DefaultValue("channel") List<String> routeLabels,
		@DefaultValue("critical") String unknownSeverityChannel) {

	/** Empty variables count as unset. */
	RoutingProperties {
		routeLabels = routeLabels.isEmpty() ? List.of("channel") : List.copyOf(routeLabels);
		unknownSeverityChannel = unknownSeverityChannel.isBlank() ? "critical" : unknownSeverityChannel;
	}

}
