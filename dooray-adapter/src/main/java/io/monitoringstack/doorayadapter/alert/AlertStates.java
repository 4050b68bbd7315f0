package io.monitoringstack.doorayadapter.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Which alerts a message is about, in which state and since when, and nothing else of
 * them: fingerprints, no texts. Two messages that tell the same have equal states,
 * whatever the order of their alerts.
 */
public final class AlertStates {

	/** Of no alert. */
	public static final AlertStates NONE = new Builder().build();

	/**
	 * Beyond that, alerts are told apart as a whole only, in 16 bytes each up to here.
	 */
	static final int MAX_APART = 20_000;

	private final long[] ids;

	/** Milliseconds since 1970, times two, plus one while the alert fires. */
	private final long[] stamps;

	private final long others;

	private AlertStates(long[] ids, long[] stamps, long others) {
		this.ids = ids;
		this.stamps = stamps;
		this.others = others;
	}

	public int size() {
		return this.ids.length;
	}

	// Returns whether every alert is told apart, so that changes can be counted.
	public boolean complete() {
		return this.others == 0;
	}

	/**
	 * Compares what two messages tell. Members of an Alertmanager pair may disagree for a
	 * moment about the start of an alert.
	 * @param other what another message tells
	 * @param tolerance difference of starts that does not matter
	 * @return whether both tell the same
	 */
	public boolean same(AlertStates other, Duration tolerance) {
		if (!Arrays.equals(this.ids, other.ids) || this.others != other.others) {
			return false;
		}
		for (int i = 0; i < this.ids.length; i++) {
			boolean sameState = firing(this.stamps[i]) == firing(other.stamps[i]);
			if (!sameState || Math.abs(start(this.stamps[i]) - start(other.stamps[i])) > tolerance.toMillis()) {
				return false;
			}
		}
		return true;
	}

	// Returns a number that is equal where fingerprints and states are, whatever the
	// starts are.
	public long roughly() {
		long sum = this.others;
		for (int i = 0; i < this.ids.length; i++) {
			sum += mix(this.ids[i] + (firing(this.stamps[i]) ? 1 : 0));
		}
		return sum;
	}

	/**
	 * Tells the state of one alert.
	 * @param alert an alert
	 * @return its state, {@code null} when this does not hold it
	 */
	public @Nullable Known find(Alert alert) {
		return find(id(alert));
	}

	private @Nullable Known find(long id) {
		int at = Arrays.binarySearch(this.ids, id);
		return (at >= 0) ? new Known(firing(this.stamps[at]), start(this.stamps[at])) : null;
	}

	/**
	 * Compares with what was told before.
	 * @param before what was told
	 * @return what changed since
	 */
	public Changes since(AlertStates before) {
		int added = 0;
		int resolved = 0;
		int ongoing = 0;
		for (int i = 0; i < this.ids.length; i++) {
			Known known = before.find(this.ids[i]);
			boolean firing = firing(this.stamps[i]);
			boolean told = known != null && known.firing() == firing && known.startedAbout(start(this.stamps[i]));
			if (firing && told) {
				ongoing++;
			}
			else if (firing) {
				added++;
			}
			else if (!told) {
				resolved++;
			}
		}
		return new Changes(before, added, resolved, ongoing, 0);
	}

	/**
	 * Writes it as one line of text.
	 * @return the line
	 */
	public String encode() {
		StringBuilder line = new StringBuilder(Long.toHexString(this.others));
		for (int i = 0; i < this.ids.length; i++) {
			line.append(',').append(Long.toHexString(this.ids[i])).append(':').append(Long.toHexString(this.stamps[i]));
		}
		return line.toString();
	}

	/**
	 * Reads what {@link #encode()} wrote.
	 * @param line the line
	 * @return what it holds
	 * @throws NumberFormatException if it is not such a line
	 */
	public static AlertStates decode(String line) {
		String[] parts = line.split(",");
		Builder builder = new Builder();
		for (int i = 1; i < parts.length; i++) {
			String[] entry = parts[i].split(":", 2);
			if (entry.length < 2) {
				throw new NumberFormatException("No stamp");
			}
			builder.add(Long.parseUnsignedLong(entry[0], 16), Long.parseUnsignedLong(entry[1], 16));
		}
		builder.others += Long.parseUnsignedLong(parts[0], 16);
		return builder.build();
	}

	private static boolean firing(long stamp) {
		return (stamp & 1) == 1;
	}

	private static long start(long stamp) {
		return stamp >> 1;
	}

	private static long id(Alert alert) {
		String fingerprint = alert.fingerprint();
		if (fingerprint.matches("[0-9a-fA-F]{1,16}")) {
			return Long.parseUnsignedLong(fingerprint, 16);
		}
		return hash(fingerprint.isEmpty() ? new TreeMap<>(alert.labels()).toString() : fingerprint);
	}

	private static long hash(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			long number = 0;
			for (int i = 0; i < Long.BYTES; i++) {
				number = (number << 8) | (hash[i] & 0xFF);
			}
			return number;
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	// The finalizer of SplitMix64: neighbours come out far apart.
	private static long mix(long number) {
		long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return mixed ^ (mixed >>> 31);
	}

	/**
	 * State of one alert.
	 *
	 * @param firing whether it fires
	 * @param startMillis since when, in milliseconds since 1970
	 */
	public record Known(boolean firing, long startMillis) {

		/** What starts further apart is another occurrence. */
		private static final long SAME_OCCURRENCE = Duration.ofMinutes(1).toMillis();

		private boolean startedAbout(long millis) {
			return Math.abs(this.startMillis - millis) <= SAME_OCCURRENCE;
		}

		/**
		 * Tells whether an alert is in this state.
		 * @param alert the alert
		 * @return whether it is, as far as a reader minds
		 */
		public boolean tells(Alert alert) {
			Instant start = alert.startsAt();
			return this.firing == alert.firing() && startedAbout((start != null) ? start.toEpochMilli() : 0);
		}

	}

	/**
	 * Collects alerts while they are read.
	 */
	static final class Builder {

		private final List<long[]> entries = new ArrayList<>();

		private long others;

		void add(Alert alert) {
			Instant start = alert.startsAt();
			long millis = (start != null) ? start.toEpochMilli() : 0;
			add(id(alert), (millis << 1) | (alert.firing() ? 1 : 0));
		}

		private void add(long id, long stamp) {
			if (this.entries.size() < MAX_APART) {
				this.entries.add(new long[] { id, stamp });
			}
			else {
				this.others += mix(id + (firing(stamp) ? 1 : 0)) | 1;
			}
		}

		AlertStates build() {
			List<long[]> sorted = new ArrayList<>(this.entries);
			sorted.sort(Comparator.<long[]>comparingLong((entry) -> entry[0]).thenComparingLong((entry) -> entry[1]));
			return new AlertStates(sorted.stream().mapToLong((entry) -> entry[0]).toArray(),
					sorted.stream().mapToLong((entry) -> entry[1]).toArray(), this.others);
		}

	}

}
