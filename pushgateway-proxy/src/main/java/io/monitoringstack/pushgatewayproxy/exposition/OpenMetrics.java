package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.List;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * Turns a body in OpenMetrics, which Pushgateway cannot read, into the text format.
 */
public final class OpenMetrics {

	/** Content type of what comes out. */
	public static final String TRANSLATED_TYPE = "text/plain; version=0.0.4; charset=utf-8";

	/** With 2.0.0 a value may be more than a number. */
	private static final Set<String> VERSIONS = Set.of("0.0.1", "1.0.0");

	private OpenMetrics() {
	}

	/**
	 * Most bytes that may come out: names of counters and infos grow in their two lines.
	 * @param length bytes that may go in
	 * @return the cap
	 */
	public static long cap(long length) {
		return length + length / 2;
	}

	/**
	 * Refuses versions that are not known.
	 * @param contentType value of Content-Type
	 * @throws RefusedException with 415 if the version is not known
	 */
	public static void checkVersion(String contentType) {
		String version = ContentKind.parameters(contentType).getOrDefault("version", "1.0.0");
		if (!VERSIONS.contains(version)) {
			throw new Refusal(415, Reason.SYNTAX, "OpenMetrics " + Excerpt.quoted(version)
					+ " is not known here. Push version 1.0.0, or text/plain or protobuf as Pushgateway reads them.")
				.asException();
		}
	}

	/**
	 * Translates a body. Each line stays in its line, so that what is found wrong with
	 * the result later is told by the right number; what Pushgateway has no place for
	 * leaves an empty one.
	 * @param body the decoded body
	 * @param out takes the translation
	 * @return names of what was dropped
	 * @throws RefusedException if the body is no OpenMetrics; syntax that is the same in
	 * both formats is left to the check of the result
	 */
	public static List<String> translate(DecodedBody body, DecodedBody out) {
		try {
			return Loss.labels(new OpenMetricsTranslator(body.bytes(), body.length(), out).translate());
		}
		catch (RefusedException ex) {
			throw (ex.refusal().reason() == Reason.SYNTAX) ? ContentCheck.explained(ex, body.bytes(), body.length())
					: ex;
		}
	}

}
