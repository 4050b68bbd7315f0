package io.monitoringstack.dooraysimulator.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BodyCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "{\"text\":\"a\"}", "{\"attachments\":[{\"title\":\"a\"}]}",
			"{\"botName\":\"b\",\"botIconImage\":\"https://example.com/i.png\",\"text\":\"a\",\"attachments\":[]}",
			"{\"text\":null,\"attachments\":[{\"title\":null,\"text\":\"a\",\"color\":\"#D32F2F\"}]}",
			"{\"text\":\"a\",\"unknown\":{\"deep\":[1,2,3]}}", " \r\n{\"text\":\"\\ud55c\\uad6d\"}\n" })
	void takesWhatDoorayDocuments(String json) {
		Finding finding = check(json);
		assertThat(finding.outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(finding.complaint()).isNull();
		assertThat(finding.body()).isEqualTo(new Body(json, true));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``                            | The body is not JSON.
			hello                         | The body is not JSON.
			{"text":"a"                   | The body is not JSON.
			{"text":"a"} trailing         | The body is not JSON.
			[{"text":"a"}]                | The body must be a JSON object.
			"text"                        | The body must be a JSON object.
			{}                            | Give a text or attachments.
			{"botName":"b"}               | Give a text or attachments.
			{"text":"  ","attachments":[]}| Give a text or attachments.
			{"text":5}                    | text must be a string.
			{"botName":[],"text":"a"}     | botName must be a string.
			{"attachments":{}}            | attachments must be an array.
			{"attachments":["a"]}         | Each attachment must be a JSON object.
			{"attachments":[{"title":1}]} | title of an attachment must be a string.
			""")
	void refusesTheRestAndSaysWhy(String body, String complaint) {
		Finding finding = check(body);
		assertThat(finding.outcome()).isEqualTo(Outcome.MALFORMED);
		assertThat(finding.status()).isEqualTo(400);
		assertThat(finding.complaint()).isEqualTo(complaint);
		assertThat(finding.body().text()).isEqualTo(body);
	}

	@Test
	void refusesJsonNestedTooDeeplyToRead() {
		assertThat(check("{\"text\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}").outcome())
			.isEqualTo(Outcome.MALFORMED);
	}

	@Test
	void refusesBytesThatAreNotUtf8() {
		Finding finding = new BodyCheck(new Limits(100, 0, 0))
			.check("{\"text\":\"한글\"}".getBytes(Charset.forName("EUC-KR")));
		assertThat(finding.complaint()).isEqualTo("The body is not UTF-8.");
		assertThat(finding.body().json()).isFalse();
	}

	@Test
	void refusesABodyOverTheLimitAndKeepsItsBeginning() {
		Finding finding = check(new Limits(2_000, 0, 0), "{\"text\":\"" + "x".repeat(3_000) + "\"}");
		assertThat(finding.outcome()).isEqualTo(Outcome.TOO_LARGE);
		assertThat(finding.status()).isEqualTo(413);
		assertThat(finding.complaint()).isEqualTo("The body is larger than 2000 bytes.");
		assertThat(finding.body().text()).startsWith("{\"text\":\"xxx").hasSize(1_001);
		assertThat(finding.body().json()).isFalse();
	}

	@Test
	void countsTheCharactersOfATextAsPeopleDo() {
		Limits limits = new Limits(1_000, 3, 0);
		assertThat(check(limits, "{\"text\":\"가😀다\"}").outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(check(limits, "{\"text\":\"가나다라\"}").outcome()).isEqualTo(Outcome.TOO_LARGE);
		assertThat(check(limits, "{\"attachments\":[{\"text\":\"abcd\"}]}").complaint())
			.isEqualTo("A text is longer than 3 characters.");
	}

	@Test
	void countsAttachments() {
		Limits limits = new Limits(1_000, 0, 1);
		assertThat(check(limits, "{\"attachments\":[{}]}").outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(check(limits, "{\"attachments\":[{},{}]}").complaint())
			.isEqualTo("There are more than 1 attachments.");
	}

	private static Finding check(String body) {
		return check(new Limits(100_000, 0, 0), body);
	}

	private static Finding check(Limits limits, String body) {
		return new BodyCheck(limits).check(body.getBytes(StandardCharsets.UTF_8));
	}

}
