package io.monitoringstack.doorayadapter.message;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextLimitTests {

	@Test
	void leavesShortTextAlone() {
		assertThat(TextLimit.cut("가나다🚨", 4)).isEqualTo("가나다🚨");
	}

	@Test
	void countsAnEmojiAsOneCharacter() {
		assertThat(TextLimit.cut("🚨🚨🚨🚨", 3)).isEqualTo("🚨🚨…");
	}

	@Test
	void doesNotTearAJoinedEmojiApart() {
		assertThat(TextLimit.cut("ab👩‍👩‍👧cd", 5)).isEqualTo("ab…");
	}

	@Test
	void doesNotTearAnAccentOff() {
		assertThat(TextLimit.cut("abe\u0301xyz", 4)).isEqualTo("ab…");
	}

	@Test
	void cutsAtTheEndOfALineWhenOneIsNear() {
		assertThat(TextLimit.cutAtLineEnd("first line\nsecond line", 15)).isEqualTo("first line\n…");
	}

	@Test
	void cutsWithinALineWhenItsEndIsFar() {
		assertThat(TextLimit.cutAtLineEnd("a\nvery long second line", 15)).isEqualTo("a\nvery long se…");
	}

}
