package io.monitoringstack.stacktests.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of a Markdown text that two versions of it must share.
 */
final class Markdown {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)");

	private Markdown() {
	}

	/**
	 * Fenced blocks: the language on the first line, then the content.
	 */
	static List<String> blocks(String text) {
		List<String> blocks = new ArrayList<>();
		StringBuilder block = null;
		for (String line : text.lines().toList()) {
			if (line.startsWith("```") && block == null) {
				block = new StringBuilder(line.substring(3)).append('\n');
			}
			else if (line.startsWith("```")) {
				blocks.add(block.toString());
				block = null;
			}
			else if (block != null) {
				block.append(line).append('\n');
			}
		}
		return blocks;
	}

	/**
	 * Headings outside of blocks, with their number signs.
	 */
	static List<String> headings(String text) {
		return prose(text).filter((line) -> line.matches("#+ .*")).toList();
	}

	/**
	 * Cells of the tables' rows, without head and separator.
	 */
	static List<List<String>> rows(String text) {
		List<String> lines = prose(text).toList();
		List<List<String>> rows = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			boolean head = i + 1 < lines.size() && lines.get(i + 1).matches("\\|[-| :]+\\|");
			if (lines.get(i).startsWith("|") && !head && !lines.get(i).matches("\\|[-| :]+\\|")) {
				rows.add(List.of(lines.get(i).substring(1).strip().split("\\s*\\|\\s*")));
			}
		}
		return rows;
	}

	/**
	 * Targets of links to other files.
	 */
	static List<String> links(String text) {
		return LINK.matcher(text).results().map((match) -> match.group(1)).toList();
	}

	private static Stream<String> prose(String text) {
		return text.replaceAll("(?ms)^```.*?^```$", "").lines();
	}

}
