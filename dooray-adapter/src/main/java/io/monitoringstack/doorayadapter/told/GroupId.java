package io.monitoringstack.doorayadapter.told;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.jspecify.annotations.Nullable;

/**
 * An alert group in a channel, as a hash: keys hold label values and need not be kept.
 *
 * @param hash SHA-256 in hexadecimal
 */
public record GroupId(String hash) {

	/**
	 * Names the group of a message.
	 * @param message the message
	 * @param channel channel asked for, {@code null} when the message decides
	 * @return the name
	 */
	public static GroupId of(WebhookMessage message, @Nullable String channel) {
		WebhookMessage.Group group = message.group();
		String key = group.key().isEmpty() ? new TreeMap<>(group.labels()).toString() : group.key();
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (String part : List.of((channel != null) ? channel : "", group.receiver(), key)) {
				digest.update(part.getBytes(StandardCharsets.UTF_8));
				// No UTF-8 text holds this byte, so that parts cannot run into each
				// other.
				digest.update((byte) 0xFF);
			}
			return new GroupId(HexFormat.of().formatHex(digest.digest()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
