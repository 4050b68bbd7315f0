package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The metric families of a push, found by the bytes of their names.
 */
final class Families {

	private final List<Family> all = new ArrayList<>();

	private @Nullable Family[] table = new @Nullable Family[32];

	@Nullable Family find(byte[] in, int from, int to) {
		return this.table[slot(in, from, to, Hashing.of(in, from, to))];
	}

	Family findOrCreate(byte[] in, int from, int to) {
		long hash = Hashing.of(in, from, to);
		int slot = slot(in, from, to, hash);
		Family family = this.table[slot];
		if (family == null) {
			family = new Family(Arrays.copyOfRange(in, from, to), hash);
			this.table[slot] = family;
			this.all.add(family);
			if (this.all.size() * 2 > this.table.length) {
				grow();
			}
		}
		return family;
	}

	/**
	 * The families with samples, for the text format, which drops the others.
	 * @return what the push holds
	 */
	List<PushedFamily> withSamples() {
		List<PushedFamily> pushed = new ArrayList<>();
		for (Family family : this.all) {
			FamilyType type = family.type();
			if (family.hasSamples() && type != null) {
				pushed.add(family.pushed(type.ordinal()));
			}
		}
		return pushed;
	}

	/**
	 * Looks for two families that turn into the same name on the scrape: a summary or
	 * histogram and a family that carries its name and one of its suffixes.
	 * @param emptyCounts whether a family without samples counts as well
	 * @return a sentence about the two, or {@code null}
	 */
	@Nullable String suffixCollision(boolean emptyCounts) {
		for (Family family : this.all) {
			FamilyType type = family.type();
			if ((type != FamilyType.SUMMARY && type != FamilyType.HISTOGRAM) || family.isReplacedByPushgateway()) {
				continue;
			}
			List<String> suffixes = (type == FamilyType.HISTOGRAM) ? List.of("_count", "_sum", "_bucket")
					: List.of("_count", "_sum");
			for (String suffix : suffixes) {
				byte[] name = (family.name() + suffix).getBytes(StandardCharsets.UTF_8);
				Family other = find(name, 0, name.length);
				if (other != null && (emptyCounts || (family.hasSamples() && other.hasSamples()))) {
					return "The push holds a " + ((type == FamilyType.HISTOGRAM) ? "histogram" : "summary") + " named "
							+ family.name() + " and another metric named " + other.name()
							+ ", which is a name the first one needs. Put the TYPE line before its samples, or rename one.";
				}
			}
		}
		return null;
	}

	private int slot(byte[] in, int from, int to, long hash) {
		int slot = (int) Hashing.mix(hash) & (this.table.length - 1);
		while (true) {
			Family family = this.table[slot];
			if (family == null || (family.hash() == hash && family.isNamed(in, from, to))) {
				return slot;
			}
			slot = (slot + 1) & (this.table.length - 1);
		}
	}

	private void grow() {
		this.table = new @Nullable Family[this.table.length * 2];
		for (Family family : this.all) {
			byte[] name = family.nameBytes();
			this.table[slot(name, 0, name.length, family.hash())] = family;
		}
	}

}
