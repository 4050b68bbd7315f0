package io.monitoringstack.pushgatewayproxy.index;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What a push would do. Families are compared by type and series; values are not known.
 * Pushgateway's own two families of a group are left out.
 *
 * @param obstacle why the push would be refused, or what that depends on
 * @param added families that the group does not have
 * @param changed families that the group has with another type or other series
 * @param unchanged families of which only values may change
 * @param removed families that go, or keep nothing but their name
 */
public record Preview(@Nullable Decision obstacle, List<String> added, List<String> changed, List<String> unchanged,
		List<String> removed) {

	/**
	 * Nothing can be told but that the push may go on.
	 * @return a preview without families
	 */
	public static Preview unknown() {
		return new Preview(null, List.of(), List.of(), List.of(), List.of());
	}

	static Preview refused(Decision obstacle) {
		return new Preview(obstacle, List.of(), List.of(), List.of(), List.of());
	}

	static Preview of(Map<String, HeldFamily> held, Collection<HeldFamily> coming, boolean replace) {
		TreeSet<String> added = new TreeSet<>();
		TreeSet<String> changed = new TreeSet<>();
		TreeSet<String> unchanged = new TreeSet<>();
		TreeSet<String> removed = new TreeSet<>();
		if (replace) {
			held.values().stream().filter(Preview::isShown).forEach((family) -> removed.add(family.name()));
		}
		for (HeldFamily family : coming) {
			HeldFamily before = held.get(family.name());
			if (before == null || !isShown(before)) {
				if (isShown(family)) {
					added.add(family.name());
				}
			}
			else if (!isShown(family)) {
				removed.add(family.name());
			}
			else {
				removed.remove(family.name());
				(isSame(before, family) ? unchanged : changed).add(family.name());
			}
		}
		return new Preview(null, List.copyOf(added), List.copyOf(changed), List.copyOf(unchanged),
				List.copyOf(removed));
	}

	// A family without series is kept by Pushgateway, but nobody sees it.
	private static boolean isShown(HeldFamily family) {
		return family.series().length > 0 && !MetricIndex.isStamp(family.name());
	}

	private static boolean isSame(HeldFamily before, HeldFamily after) {
		return before.type() == after.type() && Arrays.equals(sorted(before.series()), sorted(after.series()));
	}

	private static long[] sorted(long[] series) {
		long[] copy = series.clone();
		Arrays.sort(copy);
		return copy;
	}

}
