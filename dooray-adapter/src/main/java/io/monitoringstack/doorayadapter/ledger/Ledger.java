package io.monitoringstack.doorayadapter.ledger;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.delivery.DeliveryListener;
import io.monitoringstack.doorayadapter.delivery.DeliveryReport;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Remembers the last deliveries, and of each hook the last that Dooray took and the last
 * that failed. Some hundred bytes each; gone with a restart, since Alertmanager is the
 * one that keeps state.
 */
@Profile("!watcher")
@Component
final class Ledger implements DeliveryListener {

	/** Number of deliveries remembered. */
	static final int KEPT = 500;

	private final Clock clock;

	private final Deque<LedgerEntry> entries = new ArrayDeque<>(KEPT);

	/** By channel whose hook it is; as many as are configured. */
	private final Map<String, LastDeliveries> hooks = new HashMap<>();

	private long ended;

	Ledger(Clock clock) {
		this.clock = clock;
	}

	@Override
	public synchronized void ended(DeliveryReport report) {
		LedgerEntry entry = LedgerEntry.of(++this.ended, this.clock.instant().truncatedTo(ChronoUnit.MILLIS), report);
		if (this.entries.size() == KEPT) {
			this.entries.removeLast();
		}
		this.entries.addFirst(entry);
		LastDeliveries last = this.hooks.getOrDefault(entry.servedBy(), LastDeliveries.NONE);
		switch (report.result()) {
			case ACCEPTED -> this.hooks.put(entry.servedBy(), last.accepted(entry));
			case FAILED -> this.hooks.put(entry.servedBy(), last.failed(entry));
			// Tells nothing of the hook: nothing was sent.
			case DUPLICATE -> {
			}
		}
	}

	// Returns the newest deliveries, the newest first.
	synchronized List<LedgerEntry> newest(int most) {
		List<LedgerEntry> newest = new ArrayList<>();
		Iterator<LedgerEntry> all = this.entries.iterator();
		while (newest.size() < most && all.hasNext()) {
			newest.add(all.next());
		}
		return newest;
	}

	// Returns what is remembered of the hook of a channel.
	synchronized LastDeliveries last(String servedBy) {
		return this.hooks.getOrDefault(servedBy, LastDeliveries.NONE);
	}

}
