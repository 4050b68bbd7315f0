package io.monitoringstack.stacktests.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of {@code docs/runbooks}.
 *
 * @param name the alert it is for
 * @param text its Markdown
 */
record Runbook(String name, String text) {

	static final String FOLDER = "docs/runbooks";

	private static final Pattern QUERY = Pattern.compile("http://localhost:9090/graph\\?g0\\.expr=([^&\\s)]+)");

	static List<Runbook> all() {
		return Repository.files(FOLDER, ".md")
			.stream()
			.map((file) -> new Runbook(Repository.name(file).replace(".md", ""), Repository.read(file)))
			.toList();
	}

	/**
	 * The expressions behind its links to Prometheus.
	 */
	List<String> queries() {
		return QUERY.matcher(this.text)
			.results()
			.map((match) -> URLDecoder.decode(match.group(1), StandardCharsets.UTF_8))
			.toList();
	}

	/**
	 * The lines of its shell blocks.
	 */
	List<String> commands() {
		return Markdown.blocks(this.text)
			.stream()
			.filter((block) -> block.startsWith("sh\n"))
			.flatMap((block) -> block.lines().skip(1))
			.toList();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
