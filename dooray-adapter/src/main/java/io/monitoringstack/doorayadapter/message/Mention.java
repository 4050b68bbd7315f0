package io.monitoringstack.doorayadapter.message;

/**
 * Whom a message calls by name.
 *
 * @param text as it is to stand there: what Dooray makes a mention of only the site knows
 * @param front whether in front of the first line instead of below it
 */
public record Mention(String text, boolean front) {

	/** Nobody. */
	public static final Mention NOBODY = new Mention("", false);

	// Returns the lines with the mention among them.
	String in(String lines) {
		if (this.text.isEmpty()) {
			return lines;
		}
		int end = lines.indexOf('\n');
		if (this.front) {
			return this.text + " " + lines;
		}
		return (end < 0) ? lines + "\n" + this.text : lines.substring(0, end) + "\n" + this.text + lines.substring(end);
	}

}
