package io.monitoringstack.pushgatewayproxy.ghost;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;

/**
 * The pushes under way to one group. Called under the lock of the gate.
 */
final class Group {

	private Sinks.Empty<Void> reopened = Sinks.empty();

	private int underWay;

	private boolean accepted;

	private boolean deleted;

	private boolean closed;

	void enter() {
		this.underWay++;
	}

	/**
	 * Notes that one push has ended.
	 * @return whether it was the last
	 */
	boolean leave() {
		return --this.underWay == 0;
	}

	/**
	 * Notes a push that succeeded: the group is no empty one.
	 * @return what to tell to pushes that wait, if there may be any
	 */
	Sinks.@Nullable Empty<Void> accepted() {
		this.accepted = true;
		if (!this.closed) {
			return null;
		}
		this.closed = false;
		return this.reopened;
	}

	/**
	 * Notes a push that was refused: the group may be an empty one.
	 */
	void refused() {
		if (!this.closed && (!this.accepted || this.deleted)) {
			this.closed = true;
			this.reopened = Sinks.empty();
		}
	}

	/**
	 * Notes a delete: earlier success tells nothing any more.
	 */
	void deleted() {
		this.deleted = true;
	}

	boolean isDeleted() {
		return this.deleted;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Ends when a closed group is open again.
	 * @return where to wait, and where to tell
	 */
	Sinks.Empty<Void> reopened() {
		return this.reopened;
	}

}
