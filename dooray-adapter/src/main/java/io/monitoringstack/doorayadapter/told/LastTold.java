package io.monitoringstack.doorayadapter.told;

import java.time.Instant;

import io.monitoringstack.doorayadapter.alert.AlertStates;

/**
 * The last message of a group that Dooray took.
 *
 * @param states what it told
 * @param at when
 * @param repeats how often the same was told again since it was news
 */
public record LastTold(AlertStates states, Instant at, int repeats) {

	// Returns one line for the file: no text of an alert is in it.
	String encode() {
		return this.at.toEpochMilli() + " " + this.repeats + " " + this.states.encode();
	}

	static LastTold decode(String line) {
		String[] parts = line.split(" ", 3);
		if (parts.length < 3) {
			throw new NumberFormatException("Too short");
		}
		return new LastTold(AlertStates.decode(parts[2]), Instant.ofEpochMilli(Long.parseLong(parts[0])),
				Integer.parseInt(parts[1]));
	}

}
