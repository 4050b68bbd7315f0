package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * What arrived in the channels of the simulated Dooray, and how it answers.
 */
final class Simulator {

	private static final Pattern HEADLINE = Pattern.compile(" [|] (\\w+) [|] ");

	private static final Pattern RUNBOOK = Pattern.compile("docs/runbooks/(\\w+)[.]md");

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
	 * Return the number of the newest message.
	 * @return its id, 0 when there is none
	 * @throws IOException if the simulator does not answer
	 */
	static long lastId() throws IOException {
		return Http.getJson(Stack.SIMULATOR, "/api/messages").path(0).path("id").asLong(0);
	}

	/**
	 * Return what a person was told, alert by alert.
	 * @param id messages after this one
	 * @return alerts, those of the oldest message first
	 * @throws IOException if the simulator does not answer
	 */
	static List<Told> toldAfter(long id) throws IOException {
		List<Told> all = new ArrayList<>();
		for (JsonNode message : Http.getJson(Stack.SIMULATOR, "/api/messages")) {
			if (message.path("id").asLong() <= id || !message.path("accepted").asBoolean()) {
				continue;
			}
			Instant receivedAt = Instant.parse(message.path("receivedAt").asString());
			// What has ended has no runbook; the headline of its group names the alert. A
			// message of several groups has a line for each of them, or a card for each
			// with the headline as its title.
			List<String> lines = message.path("body").path("text").asString().lines().toList();
			List<String> headlines = new ArrayList<>(lines.stream().filter((line) -> line.startsWith("• ")).toList());
			if (headlines.isEmpty()) {
				headlines.addAll(lines);
			}
			for (JsonNode card : message.path("body").path("attachments")) {
				String title = card.path("title").asString();
				Matcher runbook = RUNBOOK.matcher(card.path("text").asString());
				Matcher ofCard = HEADLINE.matcher(title);
				Matcher ofGroup = HEADLINE.matcher(headlines.isEmpty() ? "" : headlines.get(0));
				boolean resolved = title.startsWith("[해결]");
				String text = title + "\n" + card.path("text").asString();
				if (runbook.find()) {
					all.add(0, new Told(receivedAt, runbook.group(1), resolved, text));
				}
				else if (ofCard.find()) {
					all.add(0, new Told(receivedAt, ofCard.group(1), resolved, text));
				}
				else if (resolved && ofGroup.find()) {
					all.add(0, new Told(receivedAt, ofGroup.group(1), true, text));
				}
				else if (title.equals("알림 그룹 정보") && headlines.size() > 1) {
					headlines.remove(0);
				}
			}
		}
		return all;
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

	/**
	 * What a message says of one alert.
	 *
	 * @param receivedAt when the message arrived
	 * @param alert name of the alert
	 * @param resolved whether it has ended
	 * @param text title and text of its card
	 */
	record Told(Instant receivedAt, String alert, boolean resolved, String text) {

	}

}
