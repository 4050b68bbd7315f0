package io.monitoringstack.demoapp.memo;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextSummaryTests {

	@Test
	void countsCharactersWordsAndLines() {
		assertThat(TextSummary.of("우유, 달걀\nand bread")).isEqualTo(new TextSummary(16, 4, 2, "우유, 달걀 and bread"));
	}

	@Test
	void countsAnEmojiAsOneCharacter() {
		assertThat(TextSummary.of("👍🏽").characters()).isEqualTo(2);
	}

	@Test
	void anEmptyTextHasNoWords() {
		assertThat(TextSummary.of(" \n ")).isEqualTo(new TextSummary(3, 0, 2, ""));
	}

	@Test
	void excerptOfALongTextIsCutWithoutSplittingACharacter() {
		String excerpt = TextSummary.of("👍".repeat(200)).excerpt();
		assertThat(excerpt.codePointCount(0, excerpt.length())).isEqualTo(80);
		assertThat(excerpt).startsWith("👍").endsWith("👍…");
	}

}
