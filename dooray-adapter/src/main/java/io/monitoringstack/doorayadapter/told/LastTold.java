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

	/**
	 * Writes it as one line, without any text of an alert.
	 * @return the line
	 */
	public String encode() {
		return this.at.toEpochMilli() + " " + this.repeats + " " + this.states.encode();
	}

	/**
	 * Reads what {@link #encode()} wrote.
	 * @param line the line
	 * @return what it holds
	 * @throws NumberFormatException if it is not such a line
	 */
	public static LastTold decode(String line) {
		String[] parts = line.split(" ", 3);
		if (parts.length < 3) {
			throw new NumberFormatException("Too short");
		}
		return new LastTold(AlertStates.decode(parts[2]), Instant.ofEpochMilli(Long.parseLong(parts[0])),
				Integer.parseInt(parts[1]));
	}

}
