package io.monitoringstack.dooraysimulator.message;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * The last messages, in memory, bounded by number and by the bytes of their bodies. The
 * newest message is always kept.
 */
public final class MessageStore {

	private final int maxMessages;

	private final long maxBytes;

	private final Deque<Message> messages = new ArrayDeque<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private long bytes;

	private long lastId;

	private long clearings;

	/**
	 * Create an empty store.
	 * @param maxMessages messages kept
	 * @param maxBytes bytes of bodies kept, counted as UTF-8
	 */
	public MessageStore(int maxMessages, long maxBytes) {
		this.maxMessages = maxMessages;
		this.maxBytes = maxBytes;
	}

	/**
	 * Have a task run after each change. It runs on the changing thread and must not
	 * block.
	 * @param listener what to run
	 */
	public void onChange(Runnable listener) {
		this.listeners.add(listener);
	}

	Message add(Instant receivedAt, String hook, Outcome outcome, @Nullable Integer status, @Nullable String detail,
			Body body) {
		Message message;
		synchronized (this) {
			message = new Message(++this.lastId, receivedAt, hook, outcome, status, detail, body);
			this.messages.addFirst(message);
			this.bytes += body.bytes();
			while (this.messages.size() > 1
					&& (this.messages.size() > this.maxMessages || this.bytes > this.maxBytes)) {
				this.bytes -= this.messages.removeLast().body().bytes();
			}
		}
		changed();
		return message;
	}

	/**
	 * Return what is kept.
	 * @return messages, newest first
	 */
	public synchronized List<Message> newestFirst() {
		return new ArrayList<>(this.messages);
	}

	/**
	 * Return what arrived after a message.
	 * @param id of the last message that is known; 0 if none is
	 * @return messages, oldest first
	 */
	public synchronized List<Message> after(long id) {
		List<Message> later = new ArrayList<>();
		Iterator<Message> newestFirst = this.messages.iterator();
		while (newestFirst.hasNext()) {
			Message message = newestFirst.next();
			if (message.id() <= id) {
				break;
			}
			later.add(message);
		}
		Collections.reverse(later);
		return later;
	}

	/**
	 * Return the id given last, also when that message is gone.
	 * @return the last id; 0 before the first message
	 */
	public synchronized long lastId() {
		return this.lastId;
	}

	/**
	 * Return how many messages are kept at present.
	 * @return the number of messages
	 */
	public synchronized int size() {
		return this.messages.size();
	}

	/**
	 * Return how often the store was emptied, so that a reader notices that what it shows
	 * is gone.
	 * @return the number of clearings
	 */
	public synchronized long clearings() {
		return this.clearings;
	}

	/**
	 * Forget all messages. Their ids are not used again.
	 */
	public void clear() {
		synchronized (this) {
			this.messages.clear();
			this.bytes = 0;
			this.clearings++;
		}
		changed();
	}

	private void changed() {
		this.listeners.forEach(Runnable::run);
	}

}
