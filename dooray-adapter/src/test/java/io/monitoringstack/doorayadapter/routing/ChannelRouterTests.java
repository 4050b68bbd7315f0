package io.monitoringstack.doorayadapter.routing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelRouterTests {

	private final ChannelRouter router = router("default", "critical", "warning", "db");

	@Test
	void thePathComesBeforeAllElse() {
		Route route = this.router.route(message("dooray-critical", Map.of("channel", "db"), firing("critical")),
				"Warning");
		assertThat(route).isEqualTo(new Route("warning", Route.Reason.PATH, ""));
	}

	@Test
	void aRouteLabelComesBeforeTheReceiver() {
		Route route = this.router.route(message("dooray-critical", Map.of("channel", "DB"), firing("critical")), null);
		assertThat(route).isEqualTo(new Route("db", Route.Reason.ROUTE_LABEL, ""));
	}

	@ParameterizedTest
	@CsvSource({ "dooray-critical,critical", "team.Warning,warning", "not-critical-but-warning,critical" })
	void theReceiversNameComesBeforeSeverity(String receiver, String channel) {
		assertThat(this.router.route(message(receiver, Map.of(), firing("info")), null))
			.isEqualTo(new Route(channel, Route.Reason.RECEIVER, ""));
	}

	@ParameterizedTest
	@CsvSource({ "critical,critical", "page,critical", "P0,critical", "P1,critical", "error,critical", "심각,critical",
			"위험,critical", "warning,warning", "WARN,warning", "경고,warning", "중요,warning" })
	void severityDecidesElse(String severity, String channel) {
		assertThat(this.router.route(message("ops", Map.of(), firing(severity)), null).channel()).isEqualTo(channel);
	}

	@Test
	void theHighestSeverityOfTheFiringAlertsCounts() {
		WebhookMessage message = message("ops", Map.of(), resolved("critical"), firing("info"), firing("warning"));
		assertThat(this.router.route(message, null).channel()).isEqualTo("warning");
	}

	@Test
	void goodNewsGoesWhereTheBadNewsWent() {
		assertThat(this.router.route(message("ops", Map.of(), resolved("critical")), null).channel())
			.isEqualTo("critical");
	}

	@Test
	void anUnknownSeverityGoesToTheChannelSetForIt() {
		assertThat(this.router.route(message("ops", Map.of(), firing("purple")), null))
			.isEqualTo(new Route("critical", Route.Reason.UNKNOWN_SEVERITY, ""));
		assertThat(this.router.route(message("ops", Map.of(), firing("purple"), firing("warning")), null).channel())
			.isEqualTo("warning");
	}

	@Test
	void aMessageWithoutAlertsGoesToTheDefault() {
		assertThat(this.router.route(message("ops", Map.of()), null))
			.isEqualTo(new Route("default", Route.Reason.NOTHING_KNOWN, ""));
	}

	@Test
	void anUnknownNameGoesToTheDefaultAndIsTold() {
		assertThat(this.router.route(message("ops", Map.of(), firing("warning")), "dbb"))
			.isEqualTo(new Route("default", Route.Reason.UNKNOWN_CHANNEL, "dbb"));
		assertThat(this.router.route(message("ops", Map.of("channel", "dbb"), firing("warning")), null))
			.isEqualTo(new Route("default", Route.Reason.UNKNOWN_CHANNEL, "dbb"));
	}

	@Test
	void anUnknownNameGoesBySeverityWhereThereIsNoDefault() {
		assertThat(router("critical", "warning").route(message("ops", Map.of(), firing("warning")), "dbb").channel())
			.isEqualTo("warning");
		assertThat(router().route(message("ops", Map.of(), firing("warning")), "dbb").channel()).isEqualTo("default");
	}

	@ParameterizedTest
	@CsvSource({ "'info,default,warning',info", "'default,warning',default", "'critical,warning',warning",
			"critical,info" })
	void informationSharesTheMildestChannel(String channels, String expected) {
		assertThat(router(channels.split(",")).route(message("ops", Map.of(), firing("info")), null).channel())
			.isEqualTo(expected);
	}

	private static ChannelRouter router(String... channels) {
		return new ChannelRouter(List.of("channel"), "critical", Set.of(channels)::contains);
	}

	private static Alert firing(String severity) {
		return alert(AlertStatus.FIRING, severity);
	}

	private static Alert resolved(String severity) {
		return alert(AlertStatus.RESOLVED, severity);
	}

	private static Alert alert(AlertStatus status, String severity) {
		return new Alert(status, Map.of("severity", severity), Map.of(), Instant.EPOCH, null, "", "",
				Alert.GrafanaExtras.NONE);
	}

	private static WebhookMessage message(String receiver, Map<String, String> routeLabels, Alert... alerts) {
		Tally tally = new Tally();
		List.of(alerts).forEach(tally::add);
		WebhookMessage.Group group = WebhookMessage.Group.of("key", receiver, Map.of(), Map.of(), Map.of(), routeLabels,
				"");
		return new WebhookMessage(group, AlertStatus.FIRING, NotificationReason.UNKNOWN, 0, List.of(alerts), tally,
				false);
	}

}
