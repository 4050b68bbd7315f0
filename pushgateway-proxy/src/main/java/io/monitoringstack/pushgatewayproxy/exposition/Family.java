package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A metric family of the push being checked.
 */
final class Family {

	private static final long[] NONE = new long[0];

	private static final String PUSH_TIME = "push_time_seconds";

	private static final String FAILURE_TIME = "push_failure_time_seconds";

	private final byte[] name;

	private final long hash;

	private final boolean replacedByPushgateway;

	private final boolean failureTime;

	private @Nullable FamilyType type;

	private boolean help;

	private boolean samples;

	private long[] series = NONE;

	private int seriesCount;

	Family(byte[] name, long hash) {
		this.name = name;
		this.hash = hash;
		String text = name();
		this.failureTime = FAILURE_TIME.equals(text);
		this.replacedByPushgateway = this.failureTime || PUSH_TIME.equals(text);
	}

	boolean isNamed(byte[] in, int from, int to) {
		return Arrays.equals(this.name, 0, this.name.length, in, from, to);
	}

	String name() {
		return new String(this.name, StandardCharsets.UTF_8);
	}

	byte[] nameBytes() {
		return this.name;
	}

	long hash() {
		return this.hash;
	}

	/**
	 * Whether Pushgateway puts its own family in the place of this one, so that only its
	 * parser judges it.
	 * @return whether checks beyond parsing are void
	 */
	boolean isReplacedByPushgateway() {
		return this.replacedByPushgateway;
	}

	/**
	 * Whether this is the one of those families that Pushgateway puts in place only if
	 * the group is new.
	 * @return whether checks beyond parsing depend on the group
	 */
	boolean isFailureTime() {
		return this.failureTime;
	}

	@Nullable FamilyType type() {
		return this.type;
	}

	void type(FamilyType type) {
		this.type = type;
	}

	boolean hasHelp() {
		return this.help;
	}

	void helpSeen() {
		this.help = true;
	}

	boolean hasSamples() {
		return this.samples;
	}

	void sampleSeen() {
		this.samples = true;
	}

	void addSeries(long labels) {
		if (this.seriesCount == this.series.length) {
			this.series = Arrays.copyOf(this.series, Math.max(4, this.series.length * 2));
		}
		this.series[this.seriesCount++] = labels;
	}

	PushedFamily pushed(int typeNumber) {
		return new PushedFamily(name(), typeNumber, Arrays.copyOf(this.series, this.seriesCount));
	}

}
