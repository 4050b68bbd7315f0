package io.monitoringstack.pushgatewayproxy.index;

import java.util.ArrayList;
import java.util.List;

import io.monitoringstack.pushgatewayproxy.exposition.PushContent;
import io.monitoringstack.pushgatewayproxy.exposition.PushedFamily;
import io.monitoringstack.pushgatewayproxy.exposition.SeriesHash;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A push as the index looks at it: the labels of the group are in each series.
 *
 * @param key group it goes to
 * @param families what it brings
 * @param replace whether it takes the place of everything in the group
 * @param failureTimeFault see {@link PushContent}
 */
public record GroupPush(GroupingKey key, List<HeldFamily> families, boolean replace,
		@Nullable Refusal failureTimeFault) {

	/**
	 * Puts content and group together.
	 * @param key group it goes to
	 * @param content what it brings
	 * @param replace whether it takes the place of everything in the group
	 * @return the push
	 * @throws RefusedException if Pushgateway could not say to which group it belongs
	 */
	public static GroupPush of(GroupingKey key, PushContent content, boolean replace) {
		if ("".equals(key.labels().get("instance"))
				&& content.families().stream().anyMatch((family) -> "labels".equals(family.name()))) {
			throw hidesGroup().asException();
		}
		long group = SeriesHash.labels(key.labels());
		List<HeldFamily> families = new ArrayList<>(content.families().size());
		for (PushedFamily family : content.families()) {
			long name = SeriesHash.family(family.name());
			long[] series = family.series();
			long[] hashes = new long[series.length];
			for (int i = 0; i < series.length; i++) {
				hashes[i] = SeriesHash.series(name, series[i] + group);
			}
			families.add(new HeldFamily(family.name(), family.type(), hashes));
		}
		return new GroupPush(key, families, replace, content.failureTimeFault());
	}

	// In Pushgateway's list of groups a family of that name takes the place of the
	// group's
	// labels, and its series say the same of a group without instance.
	private static Refusal hidesGroup() {
		return new Refusal(400, Reason.CONFLICT,
				"A metric named labels hides the labels of its group in Pushgateway, so that a group with an empty instance cannot be told from one without. Rename the metric, or leave the empty instance out of the path.");
	}

	/**
	 * The same push, in the place of everything in the group.
	 * @return the push
	 */
	public GroupPush replacing() {
		return new GroupPush(this.key, this.families, true, this.failureTimeFault);
	}

	/**
	 * The same push with more families.
	 * @param more families that are not in it
	 * @return the push
	 */
	public GroupPush with(List<HeldFamily> more) {
		List<HeldFamily> all = new ArrayList<>(this.families);
		all.addAll(more);
		return new GroupPush(this.key, all, this.replace, this.failureTimeFault);
	}

}
