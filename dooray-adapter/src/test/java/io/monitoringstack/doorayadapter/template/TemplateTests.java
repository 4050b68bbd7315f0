package io.monitoringstack.doorayadapter.template;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.monitoringstack.doorayadapter.message.DoorayAttachment;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.webhook.MessagePromises;
import io.monitoringstack.doorayadapter.webhook.RandomWebhooks;
import io.monitoringstack.doorayadapter.webhook.TestBodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateTests {

	private static final Path GOLDEN = Path.of("src/test/resources/golden-template");

	private static final Path BODIES = Path.of("src/test/resources/golden");

	private static final List<String> PIECES = List.of("=== headline\n", "=== title\n", "=== body\n", "=== x\n", "\n",
			"{{", "}}", "{{{", "}}}", "{{#labels}}", "{{/labels}}", "{{^labels}}", "{{#alerts}}", "{{/alerts}}",
			"{{#firing}}", "{{/firing}}", "{{summary}}", "{{{summary}}}", "{{&summary}}", "{{builtInBody}}",
			"{{description}}", "{{key}}={{value}}", "{{label.team}}", "{{#label}}", "{{/label}}", "{{annotation.x}}",
			"{{>own}}", "{{<own}}", "{{$own}}", "{{! comment }}", "{{=<% %>=}}", "<%summary%>", "{{.}}", "{{this}}",
			"{{-index}}", "{{summary.length}}", "{{summary.class.name}}", "{{label.class}}", "{{getClass}}", "dooray:",
			"//1/members/2", "```", "](", "javascript:alert(1)", "가나다", "🚨", "\u202e", "\u0000", "\uD83D",
			"{{logs}}{{query}}", "long text without an end ".repeat(30));

	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((include) -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(SerializationFeature.INDENT_OUTPUT)
		.build();

	@ParameterizedTest
	@EnumSource
	void theExampleWritesWhatIsExpected(Language language) throws Exception {
		String example = Files.readString(Path.of("../config/messages/default.mustache.example"));
		for (String name : List.of("mixed", "links-with-times", "many-alerts", "injection")) {
			FormattedMessage message = TemplateTexts.format(example, body(name), language);
			assertThat(message.templateProblem()).isNull();
			MessagePromises.checkOwnTexts(message.message());
			String actual = JSON.writeValueAsString(message.message()) + "\n";
			Path file = GOLDEN.resolve("%s.%s.expected.json".formatted(name, language.name().toLowerCase(Locale.ROOT)));
			if (Boolean.getBoolean("golden.update")) {
				Files.writeString(file, actual);
			}
			assertThat(actual).isEqualTo(Files.readString(file));
		}
	}

	@Test
	void aPartThatIsMissingStaysAsItIsBuiltIn() throws Exception {
		FormattedMessage own = TemplateTexts.format("=== title\n>> {{builtInTitle}}", body("mixed"), Language.KO);
		FormattedMessage builtIn = TemplateTexts.format("=== broken", body("mixed"), Language.KO);
		assertThat(own.templateProblem()).isNull();
		assertThat(own.message().text()).isEqualTo(builtIn.message().text());
		assertThat(own.message().attachments()).element(0).satisfies((card) -> {
			assertThat(card.title()).startsWith(">> [심각] ");
			assertThat(card.text()).isEqualTo(builtIn.message().attachments().get(0).text());
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
							"=== title\\n\\n{{#firing}}x"                  | own.mustache line 3: Section missing close tag 'firing'
							"=== title\\n{{summary"                        | own.mustache line 2: a tag is not closed
							"# mine\\n=== body\\nA\\n{{sumary}}"           | own.mustache line 4: there is nothing named sumary in this part
							"=== headline\\n{{description}}"               | own.mustache line 2: there is nothing named description in this part
							"=== body\\n{{#labels}}\\n{{>other}}{{/labels}}" | own.mustache line 3: other templates cannot be included
							"=== body\\n{{summary.bytes}}"                 | own.mustache line 2: there is nothing named summary.bytes in this part
							"=== tittle\\nx"                               | own.mustache line 1: there is no part of this name, but headline, title and body
							"=== body\\nx\\n=== body\\ny"                  | own.mustache line 3: this part is there already
							"=== body\\n{{}}"                                | own.mustache: there is a tag without a name in part body
					"=== body\\nx\\n{{key}}"                         | own.mustache line 3: there is nothing here named 'key'
					"hello\\n=== body\\nx"                         | own.mustache line 1: text before the first part
							"# nothing"                                    | own.mustache has no part
							""")
	void saysWhereATemplateIsWrongAndUsesTheBuiltInTexts(String template, String problem) throws Exception {
		FormattedMessage message = TemplateTexts.format(template.replace("\\n", "\n"), body("mixed"), Language.KO);
		assertThat(message.templateProblem()).startsWith(problem);
		assertThat(message.message().text()).startsWith("[심각] 발생 2");
	}

	@Test
	void aLoopWithinLoopsEndsAndTheBuiltInTextsStandIn() throws Exception {
		String labels = String.join(",", IntStream.range(0, 60).mapToObj((i) -> "\"l%d\":\"v\"".formatted(i)).toList());
		byte[] body = """
				{"version":"4","groupKey":"k","alerts":[{"status":"firing","labels":{"alertname":"A",%s}}]}"""
			.formatted(labels)
			.getBytes(StandardCharsets.UTF_8);
		String loops = "=== body\nx\n" + "{{#labels}}".repeat(6) + "{{/labels}}".repeat(6);
		FormattedMessage message = TemplateTexts.format(loops, body, Language.EN);
		assertThat(message.templateProblem())
			.isEqualTo("own.mustache line 3: takes more than 200,000 steps for one message");
		assertThat(message.message().text()).isEqualTo("[SEVERITY NOT SET] firing 1 | A");
	}

	@Test
	void whatIsTooLongIsCutAsOurOwnTextsAre() throws Exception {
		String long1 = "=== headline\n" + "가".repeat(300) + "\n=== title\n{{#labels}}" + "나".repeat(300)
				+ "{{/labels}}\n=== body\n" + "다".repeat(4000);
		FormattedMessage message = TemplateTexts.format(long1, body("mixed"), Language.KO);
		assertThat(message.templateProblem()).isNull();
		assertThat(message.message().text()).hasSize(120).endsWith("…");
		MessagePromises.checkOwnTexts(message.message());
	}

	@Test
	void aTemplateReachesNoMethodOfAnyObject() throws Exception {
		String text = "=== body\n{{label.class}}|{{annotation.getClass}}|{{#label}}{{class}}{{hashCode}}{{/label}}|end";
		FormattedMessage message = TemplateTexts.format(text, body("mixed"), Language.KO);
		// Names are checked when the file is read, and inside a map every name is a
		// label.
		assertThat(message.templateProblem()).contains("there is nothing named class in this part");
		FormattedMessage labels = TemplateTexts.format("=== body\n{{label.class}}|{{label.alertname}}|end",
				body("mixed"), Language.KO);
		assertThat(labels.templateProblem()).isNull();
		assertThat(labels.message().attachments()).element(0)
			.extracting(DoorayAttachment::text)
			.asString()
			.startsWith("|")
			.endsWith("|end");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whateverATemplateHoldsAMessageComesOut(long seed) throws Exception {
		Random random = new Random(seed);
		RandomWebhooks webhooks = new RandomWebhooks(random);
		int used = 0;
		for (int i = 0; i < 100; i++) {
			StringBuilder template = new StringBuilder(PIECES.get(random.nextInt(3)));
			for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
				template.append(PIECES.get(random.nextInt(PIECES.size())));
			}
			FormattedMessage message = TemplateTexts.format(template.toString(), TestBodies.read(webhooks.next()),
					random.nextBoolean() ? Language.KO : Language.EN);
			MessagePromises.checkOwnTexts(message.message());
			MessagePromises.checkOwnTexts(message.plain());
			used += (message.templateProblem() == null) ? 1 : 0;
		}
		assertThat(used).as("templates that could be used").isBetween(10, 90);
	}

	private static byte[] body(String name) throws Exception {
		return Files.readAllBytes(BODIES.resolve(name + ".json"));
	}

}
