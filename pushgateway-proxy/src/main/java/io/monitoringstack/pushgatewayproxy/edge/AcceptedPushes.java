package io.monitoringstack.pushgatewayproxy.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of accepted pushes that still matter, by group, so that a Pushgateway that
 * was killed can be given again what its file does not have. Pushes to a group come one
 * after the other.
 */
final class AcceptedPushes {

	/** A body besides its bytes: headers, path, objects. */
	private static final int PER_BODY = 600;

	private static final int PER_FAMILY = 100;

	/** Deleted groups that are remembered, because an older file may hold them. */
	private static final int MAX_DELETED = 5000;

	/** Two clocks of one network differ by less. */
	private static final long LONGEST_DOUBT = 1000;

	private static final Set<String> KEPT = Set.of("content-type", "content-encoding", "content-length");

	/** The group that was silent longest is the first. */
	private final LinkedHashMap<GroupingKey, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

	private final LinkedHashMap<GroupingKey, Long> deleted = new LinkedHashMap<>();

	private final long maxBytes;

	private final LongSupplier millis;

	private long bytes;

	private int whole;

	/**
	 * Of a group that is not here, all that was pushed or deleted was before this time.
	 */
	private long unknownUntil;

	/**
	 * Creates an empty memory.
	 * @param maxBytes most memory to take, 0 for remembering nothing
	 * @param millis clock, milliseconds since 1970
	 */
	AcceptedPushes(long maxBytes, LongSupplier millis) {
		this.maxBytes = maxBytes;
		this.millis = millis;
		this.unknownUntil = millis.getAsLong();
	}

	boolean isOn() {
		return this.maxBytes > 0;
	}

	long now() {
		return this.millis.getAsLong();
	}

	/**
	 * Takes in a push of which its client is about to be told that it was accepted.
	 * @param key the group
	 * @param request the push
	 * @param names families it brings
	 * @param replaces whether it took the place of the whole group
	 * @param held names of all families that the group has now
	 * @param sent when it was sent
	 */
	synchronized void accepted(GroupingKey key, StoreRequest request, Collection<String> names, boolean replaces,
			Collection<String> held, long sent) {
		Long gone = this.deleted.remove(key);
		Group group = this.groups.computeIfAbsent(key,
				(unused) -> new Group((gone != null) ? gone : this.unknownUntil));
		this.whole -= group.whole ? 1 : 0;
		this.bytes -= group.bytes();
		if (replaces) {
			group.bodies.clear();
		}
		group.take(new Body(bare(request), new HashSet<>(names)));
		group.whole = group.holds(held);
		group.before = group.accepted;
		group.sent = sent;
		group.accepted = now();
		this.whole += group.whole ? 1 : 0;
		this.bytes += group.bytes();
		shrink();
	}

	/**
	 * Forgets a group, and remembers that it is to be gone.
	 * @param key the group
	 */
	synchronized void deleted(GroupingKey key) {
		if (!isOn()) {
			return;
		}
		forget(this.groups.remove(key));
		this.deleted.remove(key);
		this.deleted.put(key, now());
		if (this.deleted.size() > MAX_DELETED) {
			this.deleted.remove(this.deleted.keySet().iterator().next());
			this.unknownUntil = now();
		}
	}

	synchronized boolean isDeleted(GroupingKey key) {
		return this.deleted.containsKey(key);
	}

	/**
	 * Finds what has to be sent, so that everything is there that was accepted.
	 * @param pushTimes groups that are there, with the time of their last push in seconds
	 * since 1970
	 * @return requests by group, to be sent in this order; none for a group to delete
	 */
	synchronized Map<GroupingKey, List<StoreRequest>> missing(Map<GroupingKey, Double> pushTimes) {
		Map<GroupingKey, List<StoreRequest>> missing = new LinkedHashMap<>();
		this.deleted.forEach((key, when) -> {
			Double pushed = pushTimes.get(key);
			if (pushed != null && pushed * 1000 < when) {
				missing.put(key, List.of());
			}
		});
		this.groups.forEach((key, group) -> {
			if (group.isNewerThan(pushTimes.get(key))) {
				missing.put(key, group.requests());
			}
		});
		return missing;
	}

	/**
	 * Groups of which everything that they have is here.
	 * @return their number
	 */
	synchronized int wholeGroups() {
		return this.whole;
	}

	synchronized long bytes() {
		return this.bytes;
	}

	// What was pushed long ago is most likely in Pushgateway's file.
	private void shrink() {
		Iterator<Group> eldest = this.groups.values().iterator();
		while (this.bytes > this.maxBytes) {
			forget(eldest.next());
			eldest.remove();
			this.unknownUntil = now();
		}
	}

	private void forget(@Nullable Group group) {
		if (group != null) {
			this.bytes -= group.bytes();
			this.whole -= group.whole ? 1 : 0;
		}
	}

	// The request without headers and query, which Pushgateway does not need and which
	// may
	// be secret.
	private static StoreRequest bare(StoreRequest request) {
		byte[] body = Arrays.copyOf(request.body(), request.length() + request.tail().length);
		System.arraycopy(request.tail(), 0, body, request.length(), request.tail().length);
		List<Map.Entry<String, String>> headers = request.headers()
			.stream()
			.filter((header) -> KEPT.contains(header.getKey().toLowerCase(Locale.ROOT)))
			.toList();
		int query = request.path().indexOf('?');
		String path = (query < 0) ? request.path() : request.path().substring(0, query);
		return new StoreRequest("POST", path, headers, body, body.length);
	}

	/**
	 * A body, and those of its families that no later body has.
	 */
	private record Body(StoreRequest request, Set<String> families) {

		long bytes() {
			return PER_BODY + this.request.length() + (long) PER_FAMILY * this.families.size();
		}

	}

	/**
	 * What was pushed to one group.
	 */
	private static final class Group {

		private final List<Body> bodies = new ArrayList<>(1);

		private boolean whole;

		private long before;

		private long sent;

		private long accepted;

		Group(long accepted) {
			this.accepted = accepted;
		}

		void take(Body latest) {
			if (latest.families().isEmpty() && !this.bodies.isEmpty()) {
				return;
			}
			this.bodies.removeIf((body) -> {
				body.families().removeAll(latest.families());
				return body.families().isEmpty();
			});
			this.bodies.add(latest);
		}

		boolean holds(Collection<String> names) {
			Set<String> missing = new HashSet<>(names);
			this.bodies.forEach((body) -> missing.removeAll(body.families()));
			return missing.isEmpty();
		}

		// Pushgateway notes the time between sending and answer. The push before had its
		// answer earlier, so half of the time between the two tells them apart although
		// the clocks differ a little.
		boolean isNewerThan(@Nullable Double pushTime) {
			if (pushTime == null) {
				return true;
			}
			long doubt = Math.min(LONGEST_DOUBT, Math.max(0, this.sent - this.before) / 2);
			return pushTime * 1000 < this.sent - doubt;
		}

		// All of a group that is known as a whole takes the place of what is there.
		List<StoreRequest> requests() {
			List<StoreRequest> requests = new ArrayList<>(this.bodies.size());
			for (Body body : this.bodies) {
				requests.add((this.whole && requests.isEmpty()) ? body.request().withMethod("PUT") : body.request());
			}
			return requests;
		}

		long bytes() {
			long sum = 0;
			for (Body body : this.bodies) {
				sum += body.bytes();
			}
			return sum;
		}

	}

}
