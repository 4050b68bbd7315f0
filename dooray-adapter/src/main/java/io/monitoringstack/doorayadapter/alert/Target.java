package io.monitoringstack.doorayadapter.alert;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an alert is about, such as a host, a pod or a batch job.
 *
 * @param label name of the label that tells it
 * @param name its value
 */
public record Target(String label, String name) {

	/**
	 * From the most to the least exact; the job is the last way out, as for batch jobs.
	 */
	private static final List<String> LABELS = List.of("pod", "container", "node", "hostname", "host", "instance",
			"name", "service", "exported_job", "job");

	public static @Nullable Target of(Map<String, String> labels) {
		for (String label : LABELS) {
			String name = labels.get(label);
			if (name != null && !name.isBlank()) {
				return new Target(label, name.strip());
			}
		}
		return null;
	}

	/**
	 * Returns the name without scheme and port, as fits a headline.
	 */
	public String shortName() {
		String host = this.name.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "").replaceFirst("/$", "");
		return host.replaceFirst(":\\d{1,5}$", "");
	}

}
