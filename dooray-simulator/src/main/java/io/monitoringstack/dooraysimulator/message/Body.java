package io.monitoringstack.dooraysimulator.message;

import java.nio.charset.StandardCharsets;

/**
 * The body of a request as received.
 *
 * @param text the body as text; the beginning of it if it was too large
 * @param json whether the text is one JSON value
 */
public record Body(String text, boolean json) {

	int bytes() {
		return this.text.getBytes(StandardCharsets.UTF_8).length;
	}

}
