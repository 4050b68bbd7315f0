package io.monitoringstack.doorayadapter.delivery;

import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a hook.
 *
 * @param message what Dooray is told
 * @param alerts alerts it is about
 * @param urgent whether it goes before others that wait for the same hook
 * @param formatted what is needed to tell it together with others, {@code null} when it
 * has to go alone as it is
 */
public record Parcel(DoorayMessage message, int alerts, boolean urgent, @Nullable FormattedMessage formatted) {

	public Parcel(DoorayMessage message, int alerts, boolean urgent) {
		this(message, alerts, urgent, null);
	}

	public static Parcel of(FormattedMessage formatted, int alerts, boolean urgent) {
		return new Parcel(formatted.message(), alerts, urgent, formatted);
	}

}
