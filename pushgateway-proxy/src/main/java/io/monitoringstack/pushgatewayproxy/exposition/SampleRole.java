package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a sample is within its family, told by the suffix of its name.
 */
enum SampleRole {

	PLAIN(""), COUNT("_count"), SUM("_sum"), BUCKET("_bucket");

	static final List<SampleRole> PARTS = List.of(COUNT, SUM, BUCKET);

	private final String suffix;

	SampleRole(String suffix) {
		this.suffix = suffix;
	}

	int length() {
		return this.suffix.length();
	}

	boolean isSuffixOf(NameReader name) {
		int base = name.to - this.suffix.length();
		if (base <= name.from) {
			return false;
		}
		for (int i = 0; i < this.suffix.length(); i++) {
			if (name.bytes[base + i] != this.suffix.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	boolean isPartOf(@Nullable FamilyType type) {
		return type != null && (type.hasBuckets() || (type == FamilyType.SUMMARY && this != BUCKET));
	}

}
