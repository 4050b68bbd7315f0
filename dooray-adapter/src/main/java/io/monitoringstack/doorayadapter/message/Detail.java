package io.monitoringstack.doorayadapter.message;

/**
 * How much is told of each alert, from everything to the least. A message that is too
 * large is told with less; titles and counts always stay.
 */
enum Detail {

	ALL(true, true, Integer.MAX_VALUE, true),

	NO_LABELS(false, true, Integer.MAX_VALUE, true),

	NO_VALUES(false, false, Integer.MAX_VALUE, true),

	SHORT_DESCRIPTION(false, false, 200, true),

	NO_DESCRIPTION(false, false, 0, true),

	TITLE_AND_TIME(false, false, 0, false);

	private final boolean labels;

	private final boolean measurements;

	private final int description;

	private final boolean links;

	Detail(boolean labels, boolean measurements, int description, boolean links) {
		this.labels = labels;
		this.measurements = measurements;
		this.description = description;
		this.links = links;
	}

	boolean labels() {
		return this.labels;
	}

	// Returns whether measured values and the address of the query are told.
	boolean measurements() {
		return this.measurements;
	}

	// Returns how many characters of the description are told.
	int description() {
		return this.description;
	}

	boolean links() {
		return this.links;
	}

}
