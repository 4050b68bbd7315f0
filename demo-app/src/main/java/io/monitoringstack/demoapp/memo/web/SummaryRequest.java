package io.monitoringstack.demoapp.memo.web;

import org.jspecify.annotations.Nullable;

/**
 * A text to summarize. A missing one is empty.
 *
 * @param text the text
 */
record SummaryRequest(String text) {

	SummaryRequest(@Nullable String text) {
		this.text = (text != null) ? text : "";
	}

}
