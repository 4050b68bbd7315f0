package io.monitoringstack.doorayadapter.message;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

/**
 * The last resort when a message cannot be laid out: one line without texts, times and
 * links, so that it shares nothing with what failed but the cleaning of names.
 */
final class BareFacts {

	private static final int MOST_NAMES = 3;

	private BareFacts() {
	}

	static String of(WebhookMessage message) {
		Tally tally = message.tally();
		Severity severity = message.severity();
		return "[%s] %s | firing %d · resolved %d | dooray-adapter: layout failed".formatted(
				(severity != null) ? severity : Severity.UNKNOWN, names(tally), tally.count(AlertStatus.FIRING),
				tally.count(AlertStatus.RESOLVED));
	}

	private static String names(Tally tally) {
		return Stream.of(AlertStatus.FIRING, AlertStatus.RESOLVED)
			.flatMap((status) -> tally.names(status).keySet().stream())
			.distinct()
			.limit(MOST_NAMES)
			.map((name) -> TextLimit.cut(SafeText.line(name), 60))
			.collect(Collectors.joining(", "));
	}

}
