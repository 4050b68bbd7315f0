package io.monitoringstack.doorayadapter.privacy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which personal data is hidden.
 *
 * @param maskPersonalData comma-separated list of <code>rrn</code>, <code>card</code>,
 * <code>phone</code>, <code>email</code>; <code>none</code> hides nothing
 */
@ConfigurationProperties("dooray")
public record PrivacyProperties(@DefaultValue(PrivacyProperties.USUAL) List<String> maskPersonalData) {

	/**
	 * Nobody needs these to act on an alert, and the law forbids to pass the first on.
	 * Numbers and addresses of people on call, though, are what some alerts are for.
	 */
	static final String USUAL = "rrn,card";

	private static final String NOTHING = "none";

	/** Empty variables count as unset. */
	public PrivacyProperties {
		maskPersonalData = maskPersonalData.stream()
			.flatMap((kinds) -> Stream.of(kinds.split(",")))
			.map((kind) -> kind.strip().toLowerCase(Locale.ROOT))
			.filter((kind) -> !kind.isEmpty())
			.toList();
		maskPersonalData = maskPersonalData.isEmpty() ? List.of(USUAL.split(",")) : maskPersonalData;
	}

	Set<PersonalData> kinds() {
		Set<PersonalData> kinds = EnumSet.noneOf(PersonalData.class);
		for (String name : this.maskPersonalData) {
			if (!name.equals(NOTHING)) {
				kinds.add(kind(name));
			}
		}
		return kinds;
	}

	private static PersonalData kind(String name) {
		return Arrays.stream(PersonalData.values())
			.filter((kind) -> kind.label().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"DOORAY_MASK_PERSONAL_DATA takes %s and none, separated by commas."
						.formatted(Arrays.stream(PersonalData.values())
							.map(PersonalData::label)
							.collect(Collectors.joining(", ")))));
	}

}
