package io.monitoringstack.doorayadapter.delivery;

import java.net.URI;

/**
 * An incoming hook chosen for a channel.
 *
 * @param channel channel that wants to send
 * @param servedBy channel whose hook it is
 * @param role why this hook was chosen
 * @param url where to post to, a secret
 */
public record Hook(String channel, String servedBy, Role role, URI url) {

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
