package io.monitoringstack.doorayadapter.ledger;

import java.time.Instant;
import java.util.Locale;

import io.monitoringstack.doorayadapter.delivery.Hook;
import org.jspecify.annotations.Nullable;

/**
 * A channel and how its hook does. Components carry the names of the wire.
 *
 * @param name the channel
 * @param servedBy channel whose hook it uses
 * @param role <code>regular</code>, <code>substitute</code> or <code>simulator</code>
 * @param state <code>unused</code> since the start, <code>working</code> or
 * <code>failing</code>
 * @param lastSuccess when Dooray last took a message from this hook
 * @param lastFailure when it last did not
 * @param lastFailureReason why
 */
record ChannelState(String name, String servedBy, String role, String state, @Nullable Instant lastSuccess,
		@Nullable Instant lastFailure, @Nullable String lastFailureReason) {

	static ChannelState of(Hook hook, LastDeliveries last) {
		LedgerEntry success = last.success();
		LedgerEntry failure = last.failure();
		return new ChannelState(hook.channel(), hook.servedBy(), hook.role().name().toLowerCase(Locale.ROOT),
				last.state(), (success != null) ? success.time() : null, (failure != null) ? failure.time() : null,
				(failure != null) ? failure.reason() : null);
	}

}
