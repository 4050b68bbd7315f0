package io.monitoringstack.doorayadapter.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SafeTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[@ops](dooray://1/members/2 "member")      | [@ops] (dooray:1/members/2 "member")
			DOORAY : / /1/channels/2                   | dooray:1/channels/2
			dooray:////1/members/2                     | dooray:1/members/2
			dooray:/ // /1 /2                          | dooray:1 /2
			[x](javascript:alert(1))                   | [x] (javascript:alert(1))
			[x] (data:text/html,y)                     | [x] (data:text/html,y)
			[x](https://ok.example.com)                | [x](https://ok.example.com)
			a```b                                      | a'''b
			https://hook.dooray.com/services/1/2/abc-D | https://hook.dooray.com/services/***
			"quoted" {braces} \\ <b>                   | "quoted" {braces} \\ <b>
			""")
	void makesTextHarmless(String text, String expected) {
		assertThat(SafeText.line(text)).isEqualTo(expected);
	}

	@Test
	void findsALinkHiddenByInvisibleCharacters() {
		assertThat(SafeText.line("doo\u200Bray\u2060://1/2")).isEqualTo("dooray:1/2");
	}

	@Test
	void removesControlAndDirectionCharacters() {
		assertThat(SafeText.line("a\u0000b\u202Ecod\u2066.exe\u001B[0m\uFEFF")).isEqualTo("a bcod.exe [0m");
		assertThat(SafeText.line("a\u0098b\u009B31mc")).isEqualTo("a b 31mc");
	}

	@Test
	void keepsJoinedEmojiAndReplacesHalfOnes() {
		assertThat(SafeText.line("👩‍👩‍👧 \uD83D x \uDE00")).isEqualTo("👩‍👩‍👧 \uFFFD x \uFFFD");
	}

	@Test
	void aLabelStaysInOneLineWhateverItHolds() {
		assertThat(SafeText.line("a\r\nb\u2028c\u0085d\te")).isEqualTo("a b c d e");
	}

	@Test
	void thousandsOfEmptyLinesFitTheStack() {
		assertThat(SafeText.block("a" + "\n \n".repeat(1300) + "b")).isEqualTo("a\n\nb");
	}

	@Test
	void aDescriptionKeepsItsLinesButNotManyEmptyOnes() {
		assertThat(SafeText.block("a\r\nb\n\n\n\nc")).isEqualTo("a\nb\n\nc");
	}

}
