package io.monitoringstack.doorayadapter.duty;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who is on duty.
 *
 * @param file table of mentions, read again when it changes; an empty file counts as
 * unset
 */
@ConfigurationProperties("duty")
record DutyProperties(@Nullable Path file) {

	/** Empty variables count as unset. */
	DutyProperties {
		file = (file != null && !file.toString().isBlank()) ? file : null;
	}

}
