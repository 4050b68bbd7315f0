package io.monitoringstack.pushgatewayproxy.grouping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * The path of a push, {@code /metrics/job/<job>{/<label>/<value>}}, read as Pushgateway
 * reads it. What Pushgateway would misread without a word (a slash inside a value) is
 * rewritten to the base64 form; what it would refuse or redirect is refused here with a
 * remedy.
 *
 * @param key the group addressed
 * @param forwarded the path to send to Pushgateway; the path as received, unless a value
 * holds a slash
 */
public record PushPath(GroupingKey key, String forwarded) {

	private static final String METRICS = "/metrics/";

	/** In front of the path of a push that is only to be tried. */
	private static final String CHECK = "/-/check";

	/**
	 * Tells whether a path is meant as the address of a group.
	 * @param path raw path, escapes and all
	 * @return whether {@link #parse} is the right one to ask
	 */
	public static boolean isGroupAddress(String path) {
		return path.startsWith(METRICS + "job/") || path.startsWith(METRICS + "job@base64/")
				|| path.startsWith(METRICS + "job%40base64/");
	}

	/**
	 * Tells whether a path is meant as the address of a group to which a push is tried.
	 * @param path raw path, escapes and all
	 * @return whether {@link #parseChecked} is the right one to ask
	 */
	public static boolean isCheckAddress(String path) {
		return path.startsWith(CHECK + METRICS) && isGroupAddress(path.substring(CHECK.length()));
	}

	/**
	 * Reads the address of a group to which a push is tried.
	 * @param path raw path for which {@link #isCheckAddress} holds; escapes are complete
	 * @param rules what names and values are allowed
	 * @return the group
	 * @throws RefusedException if the path of the push is not in order
	 */
	public static PushPath parseChecked(String path, PathRules rules) {
		return parse(path.substring(CHECK.length()), rules);
	}

	/**
	 * Reads the address of a group.
	 * @param path raw path for which {@link #isGroupAddress} holds; escapes are complete
	 * @param rules what names and values are allowed
	 * @return the group and the path to send on
	 * @throws RefusedException if Pushgateway could not read the path, or would read
	 * something else than what is meant
	 */
	public static PushPath parse(String path, PathRules rules) {
		List<PathSegment> segments = split(path);
		PathSegment jobName = segments.get(0);
		PathSegment job = segments.get(1);
		boolean slashAtEnd = segments.size() == 3 && segments.get(2).raw().isEmpty();
		int end = slashAtEnd ? 2 : segments.size();
		if (end % 2 != 0) {
			throw oddCount(segments);
		}
		Map<String, String> labels = new LinkedHashMap<>();
		StringBuilder forwarded = new StringBuilder(METRICS.length() + path.length()).append(METRICS);
		boolean rewritten = false;
		for (int i = 2; i < end; i += 2) {
			PathSegment name = segments.get(i);
			rules.checkName(name);
			labels.put(name.name(), value(name, segments.get(i + 1), rules));
		}
		// The first pair is the job; a later label named job does not replace it.
		String jobValue = value(jobName, job, rules);
		if (jobValue.isEmpty()) {
			throw refused("job name is required: the path is /metrics/job/<job>{/<label>/<value>}.");
		}
		labels.put("job", jobValue);
		for (int i = 0; i < end; i += 2) {
			rewritten |= append(forwarded, segments.get(i), segments.get(i + 1));
		}
		return new PushPath(new GroupingKey(labels), rewritten ? forwarded.substring(0, forwarded.length() - 1) : path);
	}

	/**
	 * The same group with further labels. What was sent stays as it is in front of them.
	 * @param further labels that it does not have yet
	 * @return the group and the path to send on
	 */
	public PushPath with(Map<String, String> further) {
		Map<String, String> labels = new LinkedHashMap<>(this.key.labels());
		StringBuilder path = new StringBuilder(this.forwarded);
		further.forEach((name, value) -> {
			labels.put(name, value);
			path.append((path.charAt(path.length() - 1) == '/') ? "" : "/").append(name);
			if (isPlain(value)) {
				path.append('/').append(value);
			}
			else {
				path.append(PathSegment.BASE64_SUFFIX + '/')
					.append(PathSegment.base64(value.getBytes(StandardCharsets.UTF_8)));
			}
		});
		return new PushPath(new GroupingKey(labels), path.toString());
	}

	private static boolean isPlain(String value) {
		return !value.isEmpty() && value.chars()
			.allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
					|| c == '-');
	}

	private static List<PathSegment> split(String path) {
		List<PathSegment> segments = new ArrayList<>();
		int from = METRICS.length();
		while (true) {
			int slash = path.indexOf('/', from);
			if (slash == from) {
				throw refused("The path has an empty part (//) after " + Excerpt.quoted(path.substring(0, from))
						+ ". To give a label an empty value, write <label>@base64/= instead.");
			}
			PathSegment segment = PathSegment.of((slash < 0) ? path.substring(from) : path.substring(from, slash));
			if (segment.isDotSegment()) {
				throw refused("The path has the part " + Excerpt.quoted(segment.raw())
						+ ", which servers take for a relative path. To push it as a value, write <label>@base64/"
						+ segment.rawBase64Value() + " instead.");
			}
			segments.add(segment);
			if (slash < 0) {
				return segments;
			}
			from = slash + 1;
		}
	}

	private static String value(PathSegment name, PathSegment value, PathRules rules) {
		byte[] bytes = value.decoded();
		if (name.isBase64Name()) {
			bytes = value.fromBase64();
			if (bytes == null) {
				throw refused("invalid base64 encoding for label " + Excerpt.plain(name.name()) + ": "
						+ Excerpt.quoted(value.text())
						+ ". Use the URL-safe alphabet (- and _ instead of + and /); padding is optional, = alone is the empty value.");
			}
		}
		rules.checkValue(name, bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static boolean append(StringBuilder forwarded, PathSegment name, PathSegment value) {
		boolean rewrite = value.holdsSlash();
		forwarded.append(rewrite ? name.rawBase64Name() : name.raw()).append('/');
		forwarded.append(rewrite ? value.rawBase64Value() : value.raw()).append('/');
		return rewrite;
	}

	private static RefusedException oddCount(List<PathSegment> segments) {
		StringBuilder pairs = new StringBuilder();
		for (int i = 0; i + 1 < segments.size(); i += 2) {
			pairs.append(Excerpt.plain(segments.get(i).text()))
				.append('=')
				.append(Excerpt.quoted(segments.get(i + 1).text()))
				.append(", ");
		}
		String last = segments.get(segments.size() - 1).text();
		String rest = last.isEmpty() ? "there is a slash too many at the end." : "the last part, "
				+ Excerpt.quoted(last)
				+ ", has no partner. A slash inside a value must be sent as %2F or in the <label>@base64/<value> form.";
		return refused("odd number of components in the path. It must be pairs of <label>/<value>. Read so far: "
				+ Excerpt.plain(pairs.substring(0, Math.max(0, pairs.length() - 2))) + "; " + rest);
	}

	static RefusedException refused(String text) {
		return new Refusal(400, Reason.PATH, text).asException();
	}

}
