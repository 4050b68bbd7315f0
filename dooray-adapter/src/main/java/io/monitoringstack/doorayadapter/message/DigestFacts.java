package io.monitoringstack.doorayadapter.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What a shift digest tells.
 *
 * @param known whether Alertmanager answered
 * @param firing what fires now, and is not silenced
 * @param silences what is silenced
 * @param told of each alert name how often it was told, the most frequent first
 * @param since since when that was counted
 */
public record DigestFacts(boolean known, List<Firing> firing, List<Silence> silences, Map<String, Integer> told,
		Instant since) {

	/**
	 * An alert that fires.
	 *
	 * @param severity how bad it is
	 * @param name its name
	 * @param target where, empty when it names none
	 * @param startsAt since when, {@code null} when that is not known
	 */
	public record Firing(Severity severity, String name, String target, @Nullable Instant startsAt) {

	}

	/**
	 * A silence in force.
	 *
	 * @param matchers what it silences
	 * @param createdBy who made it
	 * @param comment why
	 * @param endsAt until when, {@code null} when that is not known
	 * @param alerts number of alerts that it silences now
	 */
	public record Silence(String matchers, String createdBy, String comment, @Nullable Instant endsAt, int alerts) {

	}

}
