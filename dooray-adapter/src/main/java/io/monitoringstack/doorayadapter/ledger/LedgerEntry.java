package io.monitoringstack.doorayadapter.ledger;

import java.time.Instant;
import java.util.Locale;

import io.monitoringstack.doorayadapter.delivery.DeliveryReport;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * One delivery. Components carry the names of the wire.
 *
 * @param id number of the delivery since the start
 * @param time when it ended
 * @param kind <code>alerts</code> or <code>test</code>
 * @param channel channel it was for
 * @param servedBy channel whose hook was used
 * @param group hash of the alert group's key, as in the message's last line
 * @param firing number of firing alerts
 * @param resolved number of resolved alerts
 * @param outcome <code>accepted</code>, <code>duplicate</code> or <code>failed</code>
 * @param reason why it failed, as in the metrics; {@code null} when it did not
 * @param attempts number of exchanges begun with Dooray
 * @param latencyMillis time from reading the webhook to the end
 */
record LedgerEntry(long id, Instant time, String kind, String channel, String servedBy, String group, int firing,
		int resolved, String outcome, @Nullable String reason, int attempts, long latencyMillis) {

	static LedgerEntry of(long id, Instant time, DeliveryReport report) {
		FailureReason reason = report.reason();
		return new LedgerEntry(id, time, word(report.kind()), report.channel(), report.servedBy(), report.group(),
				report.firing(), report.resolved(), word(report.result()), (reason != null) ? reason.label() : null,
				report.attempts(), report.took().toMillis());
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
