package io.monitoringstack.doorayadapter.delivery;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * An incoming hook chosen for a channel.
 *
 * @param channel channel that wants to send
 * @param servedBy channel whose hook it is
 * @param role why this hook was chosen
 * @param url where to post to, a secret
 * @param previous where to post to when Dooray refuses that for good, a secret: the hook
 * before a rotation; {@code null} when there is none
 */
public record Hook(String channel, String servedBy, Role role, URI url, @Nullable URI previous) {

	public Hook(String channel, String servedBy, Role role, URI url) {
		this(channel, servedBy, role, url, null);
	}

	// Returns the hook before the rotation; the hook itself when none is under way.
	public Hook before() {
		return (this.previous != null) ? new Hook(this.channel, this.servedBy, this.role, this.previous) : this;
	}

	// Returns the hook without the one before, which nothing is to be sent through.
	public Hook alone() {
		return new Hook(this.channel, this.servedBy, this.role, this.url);
	}

	/**
	 * Tells who reads what goes through it. A channel that shares a hook has its own
	 * readers there; where another one stands in, only that one's readers are.
	 * @return the name of their channel
	 */
	public String readers() {
		return (this.role == Role.SUBSTITUTE) ? this.servedBy : this.channel;
	}

	@Override
	public String toString() {
		return "Hook[channel=%s, servedBy=%s, role=%s, url=<redacted>]".formatted(this.channel, this.servedBy,
				this.role);
	}

	/**
	 * Why a hook was chosen.
	 */
	public enum Role {

		/** The channel's own hook, or the one that serves all. */
		REGULAR,

		/** Another channel's hook, because the channel has none or its own is broken. */
		SUBSTITUTE,

		/** The simulator, because no hook is configured. */
		SIMULATOR

	}

}
