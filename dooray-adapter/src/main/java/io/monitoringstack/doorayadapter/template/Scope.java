package io.monitoringstack.doorayadapter.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import org.jspecify.annotations.Nullable;

/**
 * All that a template can see: texts, numbers, booleans, and lists and maps of these. The
 * engine asks here for each name and asks nothing else, so that no method of any object
 * can be called. Each look-up and each turn of a loop costs a step.
 */
final class Scope {

	private final Map<?, ?> values;

	/** Whether a name that is missing is empty, as with labels, or a mistake. */
	private final boolean open;

	private final Steps steps;

	Scope(Map<?, ?> values, Steps steps) {
		this(values, false, steps);
	}

	private Scope(Map<?, ?> values, boolean open, Steps steps) {
		this.values = values;
		this.open = open;
		this.steps = steps;
	}

	private Object get(String name) {
		this.steps.take(1);
		Object value = this.values.get(name);
		if (value == null) {
			return this.open ? "" : Template.NO_FETCHER_FOUND;
		}
		if (value instanceof Map<?, ?> map) {
			return new Scope(map, true, this.steps);
		}
		if (value instanceof List<?> list) {
			// Here and not at each turn, because here the engine says in which line.
			this.steps.take(list.size());
			return new Loop(list, this.steps);
		}
		return value;
	}

	@Override
	public String toString() {
		return "";
	}

	/**
	 * A list to go through.
	 *
	 * @param elements what is in it
	 * @param steps counts
	 */
	private record Loop(List<?> elements, Steps steps) {

		private Iterator<?> iterator() {
			return this.elements.stream()
				.map((element) -> (element instanceof Map<?, ?> map) ? new Scope(map, this.steps) : element)
				.iterator();
		}

		@Override
		public String toString() {
			return "";
		}

	}

	/**
	 * The engine's way to values, in place of the one that looks into objects.
	 */
	static final class Collector implements Mustache.Collector {

		private static final Mustache.VariableFetcher BY_NAME = (context, name) -> (context instanceof Scope scope)
				? scope.get(name) : Template.NO_FETCHER_FOUND;

		@Override
		public @Nullable Iterator<?> toIterator(Object value) {
			return (value instanceof Loop loop) ? loop.iterator() : null;
		}

		@Override
		public Mustache.VariableFetcher createFetcher(Object context, String name) {
			return BY_NAME;
		}

		@Override
		public <K, V> Map<K, V> createFetcherCache() {
			return new ConcurrentHashMap<>();
		}

	}

}
