package io.monitoringstack.doorayadapter.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTests {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

	@Test
	void bothLanguagesHaveTheSameTexts() throws IOException {
		assertThat(load("messages_ko").keySet()).isEqualTo(load("messages").keySet());
	}

	@Test
	void koreanUsesNoValueThatEnglishDoesNotGet() throws IOException {
		Properties english = load("messages");
		load("messages_ko").forEach((key, korean) -> {
			if (!key.toString().startsWith("date")) {
				assertThat(placeholders(korean)).as(key.toString()).isEqualTo(placeholders(english.get(key)));
			}
		});
	}

	@Test
	void englishStaysEnglishOnAKoreanMachine() {
		java.util.Locale machine = java.util.Locale.getDefault();
		try {
			java.util.Locale.setDefault(java.util.Locale.KOREA);
			assertThat(new Texts(Language.EN).get("resolved")).isEqualTo("RESOLVED");
		}
		finally {
			java.util.Locale.setDefault(machine);
		}
	}

	@Test
	void aValueIsNotTakenForAPlaceholder() {
		assertThat(new Texts(Language.EN).get("head.names", "{1}{0}$1\\", 2)).isEqualTo("{1}{0}$1\\ +2");
	}

	private static Object placeholders(Object text) {
		return PLACEHOLDER.matcher(text.toString()).results().map((match) -> match.group()).sorted().toList();
	}

	private static Properties load(String name) throws IOException {
		try (InputStream in = TextsTests.class.getResourceAsStream("/" + name + ".properties")) {
			Properties properties = new Properties();
			properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
			return properties;
		}
	}

}
