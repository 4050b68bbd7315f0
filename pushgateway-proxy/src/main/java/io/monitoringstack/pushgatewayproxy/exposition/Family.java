package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A metric family of the push being checked.
 */
final class Family {

	private final byte[] name;

	private final long hash;

	private final boolean replacedByPushgateway;

	private @Nullable FamilyType type;

	private boolean help;

	private boolean samples;

	Family(byte[] name, long hash) {
		this.name = name;
		this.hash = hash;
		String text = name();
		this.replacedByPushgateway = "push_time_seconds".equals(text) || "push_failure_time_seconds".equals(text);
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

}
