package io.monitoringstack.pushgatewayproxy.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a settings file that says something: words between blanks. Double quotes keep
 * blanks together, and a word that begins with {@code #} begins a comment.
 *
 * @param number number of the line, from 1
 * @param words its words, at least one
 */
public record SettingLine(int number, List<String> words) {

	/**
	 * Reads a text.
	 * @param text content of the file
	 * @return the lines that say something
	 * @throws InvalidSettingsException if a quote is not closed
	 */
	public static List<SettingLine> read(String text) {
		List<SettingLine> lines = new ArrayList<>();
		int number = 0;
		for (String line : text.lines().toList()) {
			number++;
			List<String> words = words(number, line);
			if (!words.isEmpty()) {
				lines.add(new SettingLine(number, words));
			}
		}
		return List.copyOf(lines);
	}

	/**
	 * The first word.
	 * @return the word
	 */
	public String first() {
		return this.words.get(0);
	}

	public InvalidSettingsException invalid(String text) {
		return new InvalidSettingsException(this.number, text);
	}

	private static List<String> words(int number, String line) {
		List<String> words = new ArrayList<>();
		int at = 0;
		while (at < line.length()) {
			if (isBlank(line.charAt(at))) {
				at++;
				continue;
			}
			if (line.charAt(at) == '#') {
				break;
			}
			StringBuilder word = new StringBuilder();
			boolean quoted = false;
			while (at < line.length() && (quoted || !isBlank(line.charAt(at)))) {
				char c = line.charAt(at++);
				quoted ^= c == '"';
				if (c != '"') {
					word.append(c);
				}
			}
			if (quoted) {
				throw new InvalidSettingsException(number, "a double quote is not closed. Write it in pairs.");
			}
			words.add(word.toString());
		}
		return List.copyOf(words);
	}

	private static boolean isBlank(char c) {
		return c == ' ' || c == '\t';
	}

	/**
	 * Names the line only: its words may be secret.
	 */
	@Override
	public String toString() {
		return "SettingLine[number=" + this.number + "]";
	}

}
