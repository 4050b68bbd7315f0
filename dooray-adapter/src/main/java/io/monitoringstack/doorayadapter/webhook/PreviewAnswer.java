package io.monitoringstack.doorayadapter.webhook;

import java.util.List;
import java.util.Locale;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.Preview;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.routing.Route;
import org.jspecify.annotations.Nullable;

/**
 * What would be sent where, and why there. Components carry the names of the wire.
 *
 * @param channel the channel
 * @param reason what decided it, as a word
 * @param why the same as a sentence
 * @param servedBy channel whose hook would be used
 * @param role <code>regular</code>, <code>substitute</code> or <code>simulator</code>
 * @param alerts alerts the message is about
 * @param cut alerts among them that it only counts
 * @param templateProblem why the built-in texts stand in for the template of the channel,
 * left out when they do not
 * @param messages bodies of the posts to Dooray; one, because a webhook makes one message
 */
record PreviewAnswer(String channel, String reason, String why, String servedBy, String role, int alerts, int cut,
		@Nullable String templateProblem, List<DoorayMessage> messages) {

	static PreviewAnswer of(WebhookMessage message, Preview preview) {
		Route route = preview.route();
		return new PreviewAnswer(route.channel(), word(route.reason()), route.reason().explanation(),
				preview.servedBy(), preview.role().name().toLowerCase(Locale.ROOT), message.tally().total(),
				preview.cut(), preview.templateProblem(), List.of(preview.message()));
	}

	private static String word(Route.Reason reason) {
		return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
