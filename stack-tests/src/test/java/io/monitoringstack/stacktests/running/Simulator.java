package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * What arrived in the channels of the simulated Dooray, and how it answers.
 */
final class Simulator {

	private Simulator() {
	}

	/**
	 * Return the messages that hold a text, whatever became of them.
	 * @param text what to look for
	 * @return messages, newest first
	 * @throws IOException if the simulator does not answer
	 */
	static List<Received> mentioning(String text) throws IOException {
		List<Received> messages = new ArrayList<>();
		for (JsonNode message : Http.getJson(Stack.SIMULATOR, "/api/messages")) {
			String body = message.path("body").toString();
			if (body.contains(text)) {
				messages.add(new Received(message.path("hook").asString(), message.path("accepted").asBoolean(),
						message.path("outcome").asString(), message.path("body").path("text").asString(), body));
			}
		}
		return messages;
	}

	static List<Received> accepted(String text) throws IOException {
		return mentioning(text).stream().filter(Received::accepted).toList();
	}

	static Received awaitAccepted(String text, Duration limit) {
		return awaitAccepted(text, 1, limit);
	}

	/**
	 * Wait for messages that a person would see.
	 * @param text what they hold
	 * @param count how many
	 * @param limit longest time to wait
	 * @return the newest of them
	 */
	static Received awaitAccepted(String text, int count, Duration limit) {
		return Awaitility.await("message %d with %s".formatted(count, text))
			.atMost(limit)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> accepted(text), (messages) -> messages.size() >= count)
			.get(0);
	}

	/**
	 * Have the next messages to one hook answered badly; after that all is well again.
	 * @param hook name of the hook
	 * @param behaviour mode and its settings
	 * @throws IOException if the simulator does not answer
	 */
	static void misbehave(String hook, Map<String, Object> behaviour) throws IOException {
		int status = Http.sendJson("PUT", Stack.SIMULATOR, "/api/behaviour/" + hook, behaviour).statusCode();
		if (status != 200) {
			throw new IOException("the simulator refused the behaviour with " + status);
		}
	}

	static void behave(String hook) throws IOException {
		Http.send("DELETE", Stack.SIMULATOR, "/api/behaviour/" + hook, "", Map.of());
	}

	/**
	 * A message at the simulator.
	 *
	 * @param hook name of the hook it was posted to
	 * @param accepted whether a person would see it
	 * @param outcome what became of it
	 * @param text its first text
	 * @param body the whole message as JSON
	 */
	record Received(String hook, boolean accepted, String outcome, String text, String body) {

	}

}
