package io.monitoringstack.demoapp.memo;

/**
 * Somebody who counts and shortens a text.
 */
public interface Summarizer {

	/**
	 * Summarizes a text.
	 * @param text the text
	 * @return its figures
	 * @throws SummaryUnavailableException when nobody answered in time
	 */
	TextSummary summarize(String text);

}
