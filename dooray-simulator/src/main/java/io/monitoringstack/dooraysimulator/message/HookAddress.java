package io.monitoringstack.dooraysimulator.message;

/**
 * Where a message was posted. The token is what makes a hook URL a secret, so it is never
 * shown.
 *
 * @param org organisation, first segment
 * @param hook hook, second segment; the name under which messages are listed
 * @param token last segment
 */
public record HookAddress(String org, String hook, String token) {

	@Override
	public String toString() {
		return "HookAddress[hook=%s]".formatted(this.hook);
	}

}
