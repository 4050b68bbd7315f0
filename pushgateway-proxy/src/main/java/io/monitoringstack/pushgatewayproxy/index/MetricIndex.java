package io.monitoringstack.pushgatewayproxy.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

import io.monitoringstack.pushgatewayproxy.exposition.SeriesHash;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Families and series of all groups in Pushgateway. Decides whether a push contradicts
 * them, as Pushgateway would by gathering everything: one type per name, each series
 * once, and no family with the name of a part of a summary or histogram. Help texts never
 * contradict each other.
 * <p>
 * An accepted push is reserved: until it is settled, names and series of before and after
 * are both taken, and whoever would be refused because of something that may go is told
 * to wait. Callers see to it that a group has one change under way at most.
 */
public final class MetricIndex {

	/** Pushgateway puts this family into each group. */
	static final String PUSH_TIME = "push_time_seconds";

	/** And this one, unless the group has one already. */
	static final String FAILURE_TIME = "push_failure_time_seconds";

	/**
	 * Pushgateway's own families that appear with its first request. It adjusts the help
	 * text of a pushed family to those it knows from its start, but not to these, so that
	 * nobody can push them.
	 */
	private static final String LATE = "pushgateway_http_";

	private static final String[] PARTS = { "_count", "_sum", "_bucket" };

	private final Map<GroupingKey, IndexedGroup> groups = new HashMap<>();

	private final List<@Nullable IndexedGroup> byNumber = new ArrayList<>();

	private final List<Integer> freeNumbers = new ArrayList<>();

	private final Map<String, NameUse> names = new HashMap<>();

	private final SeriesTable series = new SeriesTable();

	private final Map<String, Integer> own;

	private final int maxSeries;

	/**
	 * Creates an index without groups.
	 * @param own types of Pushgateway's own families
	 * @param maxSeries most series to hold
	 */
	public MetricIndex(Map<String, Integer> own, int maxSeries) {
		this.own = Map.copyOf(own);
		this.maxSeries = maxSeries;
		this.byNumber.add(null);
	}

	/**
	 * Takes in a group that Pushgateway has.
	 * @param key the group
	 * @param families what it holds
	 * @return names of families that contradict what was taken in before, or
	 * Pushgateway's own
	 */
	public synchronized List<String> load(GroupingKey key, List<HeldFamily> families) {
		List<String> contradictions = new ArrayList<>();
		IndexedGroup group = groupFor(key);
		for (HeldFamily family : families) {
			HeldFamily held = new HeldFamily(use(family.name(), family.type()), family.type(), family.series());
			boolean contradicts = kinds(held.name()) > 1 || clashesWithOwn(held);
			for (long hash : held.series()) {
				contradicts |= this.series.putIfFree(hash, group.number) != group.number;
			}
			for (String part : PARTS) {
				contradicts |= isTakenFor(held, part);
			}
			group.families.put(held.name(), held);
			if (contradicts) {
				contradictions.add(held.name());
			}
		}
		return contradictions;
	}

	/**
	 * Decides about a push.
	 * @param push the push
	 * @return the reservation, why not, or what to wait for
	 */
	public synchronized Decision reserve(GroupPush push) {
		IndexedGroup found = this.groups.get(push.key());
		Map<String, HeldFamily> coming = coming(push, found);
		Decision obstacle = obstacle(push, found, coming);
		return (obstacle != null) ? obstacle
				: begin((found != null) ? found : groupFor(push.key()), coming, push.replace(), false);
	}

	/**
	 * Tells what a push would do, and leaves everything as it is.
	 * @param push a push to a group to which no change is under way
	 * @param emptied families of the group that lose their series afterwards
	 * @return what would come of it
	 */
	public synchronized Preview preview(GroupPush push, List<HeldFamily> emptied) {
		IndexedGroup found = this.groups.get(push.key());
		Map<String, HeldFamily> coming = coming(push, found);
		Decision obstacle = obstacle(push, found, coming);
		if (obstacle != null) {
			return Preview.refused(obstacle);
		}
		emptied.forEach((family) -> coming.put(family.name(), family));
		return Preview.of((found != null) ? found.families : Map.of(), coming.values(), push.replace());
	}

	// Decides about a push: nothing, why not, or what to wait for.
	private @Nullable Decision obstacle(GroupPush push, @Nullable IndexedGroup found, Map<String, HeldFamily> coming) {
		Refusal fault = push.failureTimeFault();
		if (fault != null && isStamped(found)) {
			return new Decision.Refused(fault);
		}
		int added = 0;
		Decision undecided = null;
		for (HeldFamily family : coming.values()) {
			HeldFamily before = (found != null) ? found.families.get(family.name()) : null;
			if (family == before && kinds(family.name()) == 1) {
				continue;
			}
			added += family.series().length - ((before != null) ? before.series().length : 0);
			Decision obstacle = obstacle(found, family, coming, push.replace());
			if (obstacle instanceof Decision.Refused) {
				return obstacle;
			}
			undecided = (obstacle != null) ? obstacle : undecided;
		}
		if (undecided != null) {
			return undecided;
		}
		if (added > 0 && this.series.size() + (long) added > this.maxSeries) {
			return new Decision.Refused(full(added));
		}
		return null;
	}

	private static boolean isStamped(@Nullable IndexedGroup group) {
		return group != null && group.families.containsKey(FAILURE_TIME);
	}

	/**
	 * Reserves the removal of a group.
	 * @param key the group
	 * @return the reservation
	 */
	public synchronized Reservation reserveDelete(GroupingKey key) {
		return begin(groupFor(key), Map.of(), false, true);
	}

	/**
	 * Reserves the note that a push to the group failed.
	 * @param key the group
	 * @return the reservation, or {@code null} if the group does not exist and should not
	 * begin to
	 */
	public synchronized @Nullable Reservation reserveFailure(GroupingKey key) {
		IndexedGroup group = this.groups.get(key);
		if (group == null || !group.exists()) {
			return null;
		}
		return begin(group, Map.of(FAILURE_TIME, stamp(FAILURE_TIME, key)), false, false);
	}

	/**
	 * Reserves that families lose their series. That contradicts nothing.
	 * @param key a group to which no change is under way
	 * @param families families of the group, without series
	 * @return the reservation
	 */
	public synchronized Reservation reserveEmptied(GroupingKey key, List<HeldFamily> families) {
		Map<String, HeldFamily> coming = new LinkedHashMap<>();
		families.forEach((family) -> coming.put(family.name(), family));
		coming.put(PUSH_TIME, stamp(PUSH_TIME, key));
		return begin(groupFor(key), coming, false, false);
	}

	/**
	 * Tells what a group holds, without the two families that Pushgateway puts there.
	 * @param key a group to which no change is under way
	 * @return its families, none if the group does not exist
	 */
	public synchronized List<HeldFamily> held(GroupingKey key) {
		IndexedGroup group = this.groups.get(key);
		return (group != null) ? group.families.values().stream().filter((family) -> !isStamp(family.name())).toList()
				: List.of();
	}

	public synchronized int series() {
		return this.series.size();
	}

	public synchronized int groups() {
		return this.groups.size();
	}

	public synchronized int families() {
		return this.names.size();
	}

	/**
	 * Tells whether the index has a family in a group, or expects it there.
	 * @param key the group
	 * @param name name of the family
	 * @param type number of its type
	 * @return whether it was written through the proxy
	 */
	public synchronized boolean mayHold(GroupingKey key, String name, int type) {
		IndexedGroup group = this.groups.get(key);
		return group != null && group.mayHold(name, type);
	}

	/**
	 * Finds the groups that hold a family.
	 * @param name name of the family
	 * @return the groups with the number of the type each has it with
	 */
	public synchronized Map<GroupingKey, Integer> holders(String name) {
		Map<GroupingKey, Integer> holders = new LinkedHashMap<>();
		for (IndexedGroup group : this.groups.values()) {
			HeldFamily family = group.families.get(name);
			if (family != null) {
				holders.put(group.key, family.type());
			}
		}
		return holders;
	}

	/**
	 * Tells whether Pushgateway puts a family of that name into each group itself.
	 * @param name name of a family
	 * @return whether it is one of the two
	 */
	public static boolean isStamp(String name) {
		return PUSH_TIME.equals(name) || FAILURE_TIME.equals(name);
	}

	synchronized void commit(Reservation change) {
		IndexedGroup group = change.group;
		if (change.delete || change.replace) {
			group.families.values().removeIf((family) -> {
				boolean goes = change.after(family.name()) == null;
				if (goes) {
					release(group, family);
				}
				return goes;
			});
		}
		for (HeldFamily family : change.coming.values()) {
			HeldFamily before = group.families.put(family.name(), family);
			if (before == family) {
				unuse(family);
			}
			else if (before != null) {
				release(group, before);
				take(group, family);
			}
		}
		end(change);
	}

	synchronized void undo(Reservation change) {
		IndexedGroup group = change.group;
		for (HeldFamily family : change.coming.values()) {
			HeldFamily before = group.families.get(family.name());
			if (before == family) {
				unuse(family);
			}
			else {
				release(group, family);
				if (before != null) {
					take(group, before);
				}
			}
		}
		end(change);
	}

	synchronized void settle(Reservation change, List<HeldFamily> found) {
		IndexedGroup group = change.group;
		undo(change);
		group.families.values().forEach((family) -> release(group, family));
		group.families.clear();
		if (found.isEmpty()) {
			forget(group);
		}
		else {
			load(group.key, found);
		}
	}

	private Reservation begin(IndexedGroup group, Map<String, HeldFamily> coming, boolean replace, boolean delete) {
		if (group.change != null) {
			throw new IllegalStateException("two changes to one group at a time");
		}
		Map<String, HeldFamily> own = new LinkedHashMap<>();
		for (HeldFamily family : coming.values()) {
			HeldFamily before = group.families.get(family.name());
			String name = use(family.name(), family.type());
			HeldFamily held = (before == family) ? family : new HeldFamily(name, family.type(), family.series());
			take(group, held);
			own.put(name, held);
		}
		Reservation change = new Reservation(this, group, own, replace, delete);
		group.change = change;
		return change;
	}

	private void end(Reservation change) {
		change.group.change = null;
		if (!change.group.exists()) {
			forget(change.group);
		}
	}

	// The families as they will be in the group: Pushgateway's own two take the place of
	// pushed ones, and what stays as it is keeps its object.
	private Map<String, HeldFamily> coming(GroupPush push, @Nullable IndexedGroup group) {
		boolean stamped = isStamped(group);
		Map<String, HeldFamily> coming = new LinkedHashMap<>();
		for (HeldFamily family : push.families()) {
			boolean overruled = PUSH_TIME.equals(family.name()) || (FAILURE_TIME.equals(family.name()) && !stamped);
			if (!overruled) {
				coming.put(family.name(), family);
			}
		}
		coming.put(PUSH_TIME, stamp(PUSH_TIME, push.key()));
		if (!stamped) {
			coming.put(FAILURE_TIME, stamp(FAILURE_TIME, push.key()));
		}
		if (group != null) {
			coming.replaceAll((name, family) -> {
				HeldFamily before = group.families.get(name);
				return (before != null && before.isSame(family)) ? before : family;
			});
		}
		return coming;
	}

	private static HeldFamily stamp(String name, GroupingKey key) {
		long hash = SeriesHash.series(SeriesHash.family(name), SeriesHash.labels(key.labels()));
		return new HeldFamily(name, MetricTypes.GAUGE, new long[] { hash });
	}

	private @Nullable Decision obstacle(@Nullable IndexedGroup group, HeldFamily family, Map<String, HeldFamily> coming,
			boolean replace) {
		if (clashesWithOwn(family)) {
			return new Decision.Refused(conflict(family, "Pushgateway has a metric of that name itself"));
		}
		Decision wrongType = otherUse(group, family, family.name(), coming, replace, (type) -> type != family.type());
		if (wrongType != null) {
			return wrongType;
		}
		Decision taken = takenName(group, family, coming, replace);
		return (taken != null) ? taken : takenSeries(group, family);
	}

	private boolean clashesWithOwn(HeldFamily family) {
		Integer type = this.own.get(family.name());
		return (type != null && type != family.type()) || family.name().startsWith(LATE);
	}

	// Whether the family has a name that a summary or histogram needs, or the other way
	// round.
	private @Nullable Decision takenName(@Nullable IndexedGroup group, HeldFamily family,
			Map<String, HeldFamily> coming, boolean replace) {
		for (String part : PARTS) {
			Decision obstacle = null;
			if (family.name().endsWith(part)) {
				String whole = family.name().substring(0, family.name().length() - part.length());
				obstacle = otherUse(group, family, whole, coming, replace, (type) -> hasPart(type, part));
			}
			if (obstacle == null && hasPart(family.type(), part)) {
				obstacle = otherUse(group, family, family.name() + part, coming, replace, (type) -> true);
			}
			if (obstacle != null) {
				return obstacle;
			}
		}
		return null;
	}

	private static boolean hasPart(int type, String part) {
		return type == MetricTypes.HISTOGRAM || (type == MetricTypes.SUMMARY && !"_bucket".equals(part));
	}

	private boolean isTakenFor(HeldFamily family, String part) {
		boolean part1 = hasPart(family.type(), part)
				&& (this.names.containsKey(family.name() + part) || this.own.containsKey(family.name() + part));
		if (part1 || !family.name().endsWith(part)) {
			return part1;
		}
		String whole = family.name().substring(0, family.name().length() - part.length());
		NameUse use = this.names.get(whole);
		for (int i = 0; use != null && i < use.kinds(); i++) {
			if (hasPart(use.type(i), part)) {
				return true;
			}
		}
		return hasPart(this.own.getOrDefault(whole, -1), part);
	}

	/**
	 * Looks for a family that would be there beside the pushed one and must not be.
	 * @param group group of the push, if it is known
	 * @param family the pushed family
	 * @param name name of the other family
	 * @param coming all pushed families
	 * @param replace whether the rest of the group goes
	 * @param bad which types the other family must not have
	 * @return the obstacle, if there is one
	 */
	private @Nullable Decision otherUse(@Nullable IndexedGroup group, HeldFamily family, String name,
			Map<String, HeldFamily> coming, boolean replace, IntPredicate bad) {
		HeldFamily companion = coming.get(name);
		if (companion != null && bad.test(companion.type())) {
			return new Decision.Refused(conflict(family, "the same push has a " + describe(companion)));
		}
		Integer ownType = this.own.get(name);
		if (ownType != null && bad.test(ownType)) {
			return new Decision.Refused(
					conflict(family, "Pushgateway has a " + MetricTypes.name(ownType) + " named " + name + " itself"));
		}
		NameUse use = this.names.get(name);
		if (use == null) {
			return null;
		}
		for (int i = 0; i < use.kinds(); i++) {
			int type = use.type(i);
			if (!bad.test(type)) {
				continue;
			}
			HeldFamily mine = (group != null) ? group.families.get(name) : null;
			boolean isMine = mine != null && mine.type() == type;
			boolean stays = isMine && companion == null && (!replace || isStamp(name));
			if (stays) {
				return new Decision.Refused(conflict(family, "the group has a " + describe(mine) + " already"));
			}
			if (use.count(i) > (isMine ? 1 : 0)) {
				return byOthers(group, family, name, type);
			}
		}
		return null;
	}

	private Decision byOthers(@Nullable IndexedGroup group, HeldFamily family, String name, int type) {
		IndexedGroup holder = null;
		for (IndexedGroup other : this.groups.values()) {
			if (other != group && other.surelyHolds(name, type)) {
				return new Decision.Refused(conflict(family,
						"the group " + describe(other.key) + " has a " + describe(other.families.get(name))));
			}
			if (other != group && other.mayHold(name, type)) {
				holder = other;
			}
		}
		if (holder == null || holder.change == null) {
			throw new IllegalStateException("a name is used by nobody");
		}
		return new Decision.Undecided(holder.change.settled);
	}

	private @Nullable Decision takenSeries(@Nullable IndexedGroup group, HeldFamily family) {
		Decision undecided = null;
		for (long hash : family.series()) {
			int owner = this.series.owner(hash);
			IndexedGroup holder = this.byNumber.get(owner);
			if (holder == null || holder == group) {
				continue;
			}
			Reservation change = holder.change;
			if (change == null || holder.surelyHolds(family.name(), hash)) {
				return new Decision.Refused(new Refusal(400, Reason.DUPLICATE, "Metric " + Excerpt.plain(family.name())
						+ " has a series that the group " + describe(holder.key)
						+ " holds with exactly the same labels. The labels of the path become labels of the series; give the two groups or the series labels that differ."));
			}
			undecided = new Decision.Undecided(change.settled);
		}
		return undecided;
	}

	private Refusal full(int added) {
		return new Refusal(507, Reason.STORE_FULL, "Pushgateway holds " + this.series.size()
				+ " series, this push adds " + added + ", and the limit is " + this.maxSeries
				+ ". Nothing was stored. Delete groups that nobody needs, or let the operator raise PUSH_MAX_TOTAL_SERIES.");
	}

	private static Refusal conflict(HeldFamily family, String why) {
		return new Refusal(400, Reason.CONFLICT, "Metric " + Excerpt.plain(family.name()) + " is pushed as "
				+ MetricTypes.name(family.type()) + ", but " + why
				+ ". A name has one type everywhere, and a summary or histogram needs its name with _count, _sum and _bucket for itself. Rename the metric, or delete the other one first.");
	}

	private static String describe(@Nullable HeldFamily family) {
		if (family == null) {
			return "";
		}
		String named = MetricTypes.name(family.type()) + " named " + Excerpt.plain(family.name());
		return (family.series().length > 0) ? named : named + ", which has no series but keeps its name and type";
	}

	/**
	 * Writes a group for people.
	 * @param key the group
	 * @return its labels
	 */
	public static String describe(GroupingKey key) {
		StringBuilder labels = new StringBuilder("{");
		key.labels()
			.forEach((name, value) -> labels.append((labels.length() > 1) ? ", " : "")
				.append(Excerpt.plain(name))
				.append('=')
				.append(Excerpt.quoted(value)));
		return labels.append('}').toString();
	}

	private IndexedGroup groupFor(GroupingKey key) {
		return this.groups.computeIfAbsent(key, (unused) -> {
			int number = this.freeNumbers.isEmpty() ? this.byNumber.size()
					: this.freeNumbers.remove(this.freeNumbers.size() - 1);
			IndexedGroup group = new IndexedGroup(key, number);
			if (number == this.byNumber.size()) {
				this.byNumber.add(group);
			}
			else {
				this.byNumber.set(number, group);
			}
			return group;
		});
	}

	private void forget(IndexedGroup group) {
		if (this.groups.remove(group.key, group)) {
			this.byNumber.set(group.number, null);
			this.freeNumbers.add(group.number);
		}
	}

	private int kinds(String name) {
		NameUse use = this.names.get(name);
		return (use != null) ? use.kinds() : 0;
	}

	private String use(String name, int type) {
		NameUse use = this.names.computeIfAbsent(name, NameUse::new);
		use.add(type);
		return use.name;
	}

	private void unuse(HeldFamily family) {
		NameUse use = this.names.get(family.name());
		if (use != null && use.remove(family.type())) {
			this.names.remove(family.name());
		}
	}

	private void take(IndexedGroup group, HeldFamily family) {
		for (long hash : family.series()) {
			this.series.putIfFree(hash, group.number);
		}
	}

	private void release(IndexedGroup group, HeldFamily family) {
		unuse(family);
		for (long hash : family.series()) {
			this.series.remove(hash, group.number);
		}
	}

}
