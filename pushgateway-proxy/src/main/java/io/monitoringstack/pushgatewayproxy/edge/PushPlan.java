package io.monitoringstack.pushgatewayproxy.edge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.exposition.EmptyFamilies;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;

/**
 * What is sent for a push: mostly the push as it came, but a PUT that must leave alone
 * what other sources pushed empties each family that its own source pushed before.
 *
 * @param push the change of the first request
 * @param request the first request
 * @param brought families that the source pushes
 * @param emptied families that the first request empties
 * @param left families that a second request has to empty
 */
record PushPlan(GroupPush push, StoreRequest request, List<HeldFamily> brought, List<HeldFamily> emptied,
		List<HeldFamily> left) {

	/**
	 * A push that changes nothing but what is in it.
	 * @param push the change
	 * @param request the request
	 * @return the plan
	 */
	static PushPlan asItIs(GroupPush push, StoreRequest request) {
		return new PushPlan(push, request, push.families(), List.of(), List.of());
	}

	/**
	 * A PUT by one of several sources.
	 * @param push the change
	 * @param request the push as a POST
	 * @param owned who pushes
	 * @param held what the group holds, without Pushgateway's own families
	 * @param owners who pushed it
	 * @return the plan
	 */
	static PushPlan ownedPut(GroupPush push, StoreRequest request, OwnedPush owned, List<HeldFamily> held,
			Owners owners) {
		Set<String> coming = new HashSet<>();
		push.families().forEach((family) -> coming.add(family.name()));
		List<HeldFamily> mine = new ArrayList<>();
		boolean alone = true;
		for (HeldFamily family : held) {
			// Of a family without samples there is nothing to lose.
			if (family.series().length > 0 && !coming.contains(family.name())) {
				if (owners.owns(push.key(), owned.source(), family.name())) {
					mine.add(new HeldFamily(family.name(), family.type(), new long[0]));
				}
				else {
					alone = false;
				}
			}
		}
		if (alone) {
			return asItIs(push.replacing(), request.withMethod("PUT"));
		}
		if (mine.isEmpty()) {
			return asItIs(push, request);
		}
		if (push.families().isEmpty()) {
			return new PushPlan(push.with(mine), emptying(request, mine), List.of(), mine, List.of());
		}
		if (owned.appendable()) {
			return new PushPlan(push.with(mine), request.followedBy(bytes(mine)), push.families(), mine, List.of());
		}
		return new PushPlan(push, request, push.families(), List.of(), mine);
	}

	/**
	 * Makes a request that empties families of the group.
	 * @param request a push to the group
	 * @param families what to empty
	 * @return the request
	 */
	static StoreRequest emptying(StoreRequest request, List<HeldFamily> families) {
		return request.withBody(EmptyFamilies.CONTENT_TYPE, bytes(families));
	}

	private static byte[] bytes(List<HeldFamily> families) {
		EmptyFamilies empty = new EmptyFamilies();
		families.forEach((family) -> empty.add(family.name(), family.type()));
		return empty.bytes();
	}

}
