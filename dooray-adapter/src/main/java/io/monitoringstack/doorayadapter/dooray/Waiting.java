package io.monitoringstack.doorayadapter.dooray;

import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.delivery.Parcel;
import io.monitoringstack.doorayadapter.message.DoorayAttachment;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for its hook, and the request that waits for it.
 */
final class Waiting {

	/** Critical ones first, then in the order in which they came. */
	static final Comparator<Waiting> ORDER = Comparator.comparing((Waiting one) -> !one.parcel().urgent())
		.thenComparing((one) -> one.number);

	/** What a request in wait needs besides its texts: threads, buffers, its alerts. */
	private static final long OVERHEAD = 16 * 1024;

	private final long number;

	private final Hook hook;

	private final Parcel parcel;

	private final Deadline deadline;

	private final Context context = Context.current();

	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	private final long since = System.nanoTime();

	private final long bytes;

	private Form form;

	private int attempts;

	Waiting(long number, Hook hook, Parcel parcel, Deadline deadline) {
		this.number = number;
		this.hook = hook;
		this.parcel = parcel;
		this.deadline = deadline;
		this.form = (parcel.formatted() != null && parcel.formatted().summary() != null) ? Form.PACKED : Form.ALONE;
		this.bytes = OVERHEAD + textBytes(parcel.message()) + Math.min(40, parcel.alerts()) * 1024L;
	}

	Hook hook() {
		return this.hook;
	}

	Parcel parcel() {
		return this.parcel;
	}

	Deadline deadline() {
		return this.deadline;
	}

	Context context() {
		return this.context;
	}

	CompletableFuture<Outcome> outcome() {
		return this.outcome;
	}

	long since() {
		return this.since;
	}

	long bytes() {
		return this.bytes;
	}

	Form form() {
		return this.form;
	}

	int attempts() {
		return this.attempts;
	}

	void attempted() {
		this.attempts++;
	}

	void next(Form form) {
		this.form = form;
	}

	void end(Outcome outcome) {
		this.outcome.complete(outcome.after(this.attempts));
	}

	// Two bytes for each character, as the JVM keeps Korean.
	private static long textBytes(DoorayMessage message) {
		long characters = message.text().length();
		if (message.attachments() != null) {
			for (DoorayAttachment attachment : message.attachments()) {
				characters += attachment.title().length() + length(attachment.text()) + length(attachment.titleLink());
			}
		}
		return 2 * characters;
	}

	private static int length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	/**
	 * In which form a message goes out, from the first to the last resort.
	 */
	enum Form {

		/** With others. */
		PACKED,

		/** With others, without attachments. */
		PACKED_PLAIN,

		/** Alone. */
		ALONE,

		/** Alone, without attachments. */
		ALONE_PLAIN

	}

}
