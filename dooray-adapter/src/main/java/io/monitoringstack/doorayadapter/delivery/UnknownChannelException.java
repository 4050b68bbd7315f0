package io.monitoringstack.doorayadapter.delivery;

import java.util.Set;

/**
 * Somebody names a channel that there is not.
 */
public final class UnknownChannelException extends Exception {

	private static final long serialVersionUID = 1L;

	UnknownChannelException(Set<String> known) {
		super("There is no such channel. Channels: %s.".formatted(String.join(", ", known)));
	}

}
