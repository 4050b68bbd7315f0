package io.monitoringstack.doorayadapter.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.monitoringstack.doorayadapter.message.MessageTemplate;
import io.monitoringstack.doorayadapter.message.TemplateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class TemplateFolderTests {

	@TempDir
	private Path folder;

	private long nanoTime;

	@Test
	void aChannelHasItsOwnFileAndTheDefaultServesTheOthers() throws Exception {
		write("default.mustache", "=== title\nall");
		write("db_team.mustache", "=== title\ndb");
		write("README.md", "=== title\nnobody");
		TemplateFolder templates = templates();
		assertThat(templates.channels()).containsExactlyInAnyOrder("default", "db-team");
		assertThat(title(templates, "critical")).isEqualTo("all");
		assertThat(title(templates, "db-team")).isEqualTo("db");
		assertThat(templates.problems()).isEmpty();
	}

	@Test
	void withoutAFileThereIsNoTemplate() {
		assertThat(templates().of("critical")).isNull();
	}

	@Test
	void aChangeIsSeenAfterASecondAndAnErrorIsLoggedOnce(CapturedOutput output) throws Exception {
		write("critical.mustache", "=== title\nbefore");
		TemplateFolder templates = templates();
		write("critical.mustache", "=== title\n{{#firing}}");
		assertThat(title(templates, "critical")).isEqualTo("before");
		for (int i = 0; i < 3; i++) {
			pass();
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> title(templates, "critical"))
				.withMessageStartingWith("critical.mustache line ");
		}
		assertThat(templates.problems()).singleElement().asString().startsWith("critical.mustache line 2: ");
		assertThat(output.getAll()).containsOnlyOnce("the built-in texts stand in: critical.mustache line 2: ");
		write("critical.mustache", "=== title\nafter");
		pass();
		assertThat(title(templates, "critical")).isEqualTo("after");
		Files.delete(this.folder.resolve("critical.mustache"));
		pass();
		assertThat(templates.of("critical")).isNull();
	}

	@Test
	void aFileThatIsTooLargeOrAFolderThatIsNotThereIsAProblem() throws Exception {
		write("default.mustache", "=== title\n" + "x".repeat(TemplateFolder.MOST_BYTES));
		assertThat(templates().problems()).containsExactly("default.mustache is larger than 16 KB");
		TemplateFolder nowhere = new TemplateFolder(this.folder.resolve("nowhere"), () -> this.nanoTime);
		assertThat(nowhere.problems()).containsExactly("NOTIFY_TEMPLATE_DIR names a folder that cannot be read.");
		assertThat(nowhere.of("critical")).isNull();
	}

	private TemplateFolder templates() {
		return new TemplateFolder(this.folder, () -> this.nanoTime);
	}

	private void pass() {
		this.nanoTime += TimeUnit.SECONDS.toNanos(2);
	}

	private void write(String name, String text) throws Exception {
		Files.writeString(this.folder.resolve(name), text);
	}

	private static String title(TemplateFolder templates, String channel) {
		MessageTemplate template = templates.of(channel);
		assertThat(template).isNotNull();
		String title = template.render(MessageTemplate.Part.TITLE, Map.of("firing", true));
		assertThat(title).isNotNull();
		return title.strip();
	}

}
