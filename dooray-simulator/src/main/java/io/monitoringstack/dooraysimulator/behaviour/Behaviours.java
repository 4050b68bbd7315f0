package io.monitoringstack.dooraysimulator.behaviour;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The behaviour for all hooks and the exceptions for single hooks. A behaviour with
 * {@link Behaviour#times() times} is used up answer by answer.
 */
public final class Behaviours {

	private static final int MAX_EXCEPTIONS = 100;

	private final Behaviour normal;

	private final BehaviourReader reader;

	private final Map<String, Behaviour> exceptions = new TreeMap<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private Behaviour common;

	/**
	 * Create the behaviours, all normal.
	 * @param normal what answers are like while nobody asked for anything else
	 */
	public Behaviours(Behaviour normal) {
		this.normal = normal;
		this.common = normal;
		this.reader = new BehaviourReader(normal);
	}

	/**
	 * Have a task run after each change. It runs on the changing thread and must not
	 * block.
	 * @param listener what to run
	 */
	public void onChange(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Return how the next post is answered, and count that answer.
	 * @param hook name of the hook posted to
	 * @return the behaviour of this answer
	 */
	public Behaviour take(String hook) {
		Behaviour taken;
		synchronized (this) {
			taken = get(hook);
			Integer times = taken.times();
			if (times == null) {
				return taken;
			}
			boolean exception = this.exceptions.containsKey(hook);
			if (times > 1) {
				put(exception, hook, taken.withTimes(times - 1));
			}
			else if (exception) {
				this.exceptions.remove(hook);
			}
			else {
				this.common = this.normal;
			}
		}
		changed();
		return taken;
	}

	/**
	 * Return the behaviour for hooks without an exception.
	 * @return the common behaviour
	 */
	public synchronized Behaviour get() {
		return this.common;
	}

	/**
	 * Return the behaviour of one hook.
	 * @param hook name of the hook
	 * @return its exception, or else the common behaviour
	 */
	public synchronized Behaviour get(String hook) {
		return this.exceptions.getOrDefault(hook, this.common);
	}

	/**
	 * Return the hooks that have a behaviour of their own.
	 * @return behaviours by name of the hook
	 */
	public synchronized Map<String, Behaviour> exceptions() {
		return new TreeMap<>(this.exceptions);
	}

	/**
	 * Replace the common behaviour.
	 * @param json what the caller sent
	 * @return the behaviour now in force
	 * @throws InvalidBehaviourException if it cannot be set
	 */
	public Behaviour set(String json) {
		Behaviour behaviour = this.reader.read(json);
		synchronized (this) {
			this.common = behaviour;
		}
		changed();
		return behaviour;
	}

	/**
	 * Give one hook a behaviour of its own.
	 * @param hook name of the hook
	 * @param json what the caller sent
	 * @return the behaviour now in force for that hook
	 * @throws InvalidBehaviourException if it cannot be set
	 */
	public Behaviour set(String hook, String json) {
		Behaviour behaviour = this.reader.read(json);
		synchronized (this) {
			if (!this.exceptions.containsKey(hook) && this.exceptions.size() >= MAX_EXCEPTIONS) {
				throw new InvalidBehaviourException(
						"At most %d hooks may have their own behaviour; remove one first.".formatted(MAX_EXCEPTIONS));
			}
			this.exceptions.put(hook, behaviour);
		}
		changed();
		return behaviour;
	}

	/**
	 * Return to normal, for all hooks.
	 */
	public void reset() {
		synchronized (this) {
			this.exceptions.clear();
			this.common = this.normal;
		}
		changed();
	}

	/**
	 * Let one hook follow the common behaviour again.
	 * @param hook name of the hook
	 */
	public void reset(String hook) {
		synchronized (this) {
			this.exceptions.remove(hook);
		}
		changed();
	}

	private void put(boolean exception, String hook, Behaviour behaviour) {
		if (exception) {
			this.exceptions.put(hook, behaviour);
		}
		else {
			this.common = behaviour;
		}
	}

	private void changed() {
		this.listeners.forEach(Runnable::run);
	}

}
