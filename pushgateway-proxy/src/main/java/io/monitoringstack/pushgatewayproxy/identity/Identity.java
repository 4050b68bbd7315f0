package io.monitoringstack.pushgatewayproxy.identity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Who pushes and what they may. Nothing in it is secret.
 *
 * @param name name of the token; none where there are no tokens, and for the one token
 * that everybody shares
 * @param jobs jobs it may push to
 * @param labels labels that all its groups have
 */
public record Identity(@Nullable String name, List<JobPattern> jobs, Map<String, String> labels) {

	/** Whoever may do everything and has no name. */
	public static final Identity ANYONE = new Identity(null, List.of(new JobPattern("*")), Map.of());

	public Identity(@Nullable String name, List<JobPattern> jobs, Map<String, String> labels) {
		this.name = name;
		this.jobs = List.copyOf(jobs);
		this.labels = Collections.unmodifiableMap(new TreeMap<>(labels));
	}

	/**
	 * Tells whether a group is one of its own.
	 * @param key the group
	 * @return whether it may push to the group and delete it
	 */
	public boolean owns(GroupingKey key) {
		return mayUse(key.job()) && this.labels.entrySet()
			.stream()
			.allMatch((label) -> label.getValue().equals(key.labels().get(label.getKey())));
	}

	/**
	 * Checks whether it may push to a group, and adds the labels that its groups have.
	 * @param path group asked for
	 * @return the group it is
	 * @throws RefusedException if the job is not allowed, or a label differs
	 */
	public PushPath admit(PushPath path) {
		if (!mayUse(path.key().job())) {
			throw forbidden("job " + Excerpt.quoted(path.key().job()) + " is not one of them");
		}
		Map<String, String> missing = new LinkedHashMap<>();
		this.labels.forEach((label, value) -> {
			String asked = path.key().labels().get(label);
			if (asked == null) {
				missing.put(label, value);
			}
			else if (!asked.equals(value)) {
				throw forbidden("the label " + label + " of this group is " + Excerpt.quoted(asked) + ", but must be "
						+ Excerpt.quoted(value) + " or left out, and is then added");
			}
		});
		return missing.isEmpty() ? path : path.with(missing);
	}

	/**
	 * An answer to what it may not do.
	 * @param why what it is that it may not
	 * @return the answer, which says what it may
	 */
	public RefusedException forbidden(String why) {
		String allowed = this.jobs.stream()
			.map(JobPattern::text)
			.map(Excerpt::quoted)
			.collect(Collectors.joining(", "));
		return new Refusal(403, Reason.FORBIDDEN,
				"The token " + Excerpt.quoted(String.valueOf(this.name)) + " allows the jobs " + allowed + "; " + why
						+ ". Use another token, or let the operator change its line in PUSH_TOKENS_FILE.")
			.asException();
	}

	private boolean mayUse(String job) {
		return this.jobs.stream().anyMatch((pattern) -> pattern.matches(job));
	}

}
