package io.monitoringstack.demoapp.memo;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor writes. A missing body is an empty one.
 *
 * @param title one line
 * @param body text
 */
public record MemoDraft(
		@NotBlank(message = "must not be blank") @Size(max = MAX_TITLE,
				message = "must be at most {max} characters") @Pattern(regexp = NO_NUL,
						message = MemoDraft.NUL_MESSAGE) String title,
		@Size(max = MAX_BODY, message = "must be at most {max} characters") @Pattern(regexp = NO_NUL,
				message = MemoDraft.NUL_MESSAGE) String body) {

	/**
	 * Longest title, in UTF-16 units; the column is as wide.
	 */
	public static final int MAX_TITLE = 200;

	/**
	 * Longest body, in UTF-16 units; the column is as wide.
	 */
	public static final int MAX_BODY = 10_000;

	// PostgreSQL cannot store U+0000 in text.
	private static final String NO_NUL = "[^\\u0000]*";

	private static final String NUL_MESSAGE = "must not contain the character U+0000";

	public MemoDraft(String title, @Nullable String body) {
		this.title = title;
		this.body = (body != null) ? body : "";
	}

}
