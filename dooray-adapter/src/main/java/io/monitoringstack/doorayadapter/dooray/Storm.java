package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;

import io.monitoringstack.doorayadapter.message.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Whether more waits for a hook than anybody reads one by one. Not for several threads.
 */
final class Storm {

	private final QueueProperties properties;

	private boolean on;

	private boolean told;

	private long began;

	private long lastCrowd;

	private int groups;

	private int messages;

	Storm(QueueProperties properties) {
		this.properties = properties;
	}

	// Returns whether that many are counted instead of told one by one.
	boolean crowd(int waitingGroups, long waitingAlerts, long now) {
		boolean crowd = waitingGroups > this.properties.stormGroups() || waitingAlerts > this.properties.stormAlerts();
		if (crowd) {
			if (!this.on) {
				this.on = true;
				this.told = false;
				this.began = now;
				this.groups = 0;
				this.messages = 0;
			}
			this.lastCrowd = now;
		}
		return crowd;
	}

	boolean on() {
		return this.on;
	}

	boolean beginsToBeTold() {
		return this.on && !this.told;
	}

	// Returns when it is over unless another crowd comes.
	long quietAt() {
		return this.lastCrowd + this.properties.stormQuiet().toNanos();
	}

	// Returns the storm that is over, if one is.
	Notices.@Nullable Storm ended(long now) {
		boolean over = this.on && this.told && now - quietAt() >= 0;
		return over ? new Notices.Storm(Duration.ofNanos(now - this.began), this.groups, this.messages) : null;
	}

	void accepted(Notices notices, int groups) {
		this.told = this.told || notices.stormBegins();
		this.groups += groups;
		this.messages++;
		if (notices.stormEnded() != null) {
			this.on = false;
		}
	}

	void forget() {
		this.on = false;
	}

}
