package io.monitoringstack.doorayadapter.duty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DutyFileTests {

	@TempDir
	Path folder;

	@Test
	void readsTheFileAgainAndKeepsTheLastGoodTable(CapturedOutput output) throws IOException {
		Path path = Files.writeString(this.folder.resolve("duty.yml"), "teams: {a: {always: x}}");
		DutyFile file = new DutyFile(path);
		assertThat(file.table().team("a")).isEqualTo("a");
		Files.writeString(path, "teams: {b: {always: x}}");
		eventually(() -> assertThat(file.table().team("b")).isEqualTo("b"));
		Files.writeString(path, "teams: {b: {alwys: x}}");
		eventually(() -> assertThat(file.problem()).contains("teams.b.alwys is not known"));
		assertThat(file.table().team("b")).isEqualTo("b");
		assertThat(output.getAll()).containsOnlyOnce("The last good duty table stays in use (1 teams): DUTY_FILE: ");
		Files.delete(path);
		eventually(() -> assertThat(file.problem()).contains("cannot be read"));
		assertThat(file.table().team("b")).isEqualTo("b");
		Files.writeString(path, "teams: {b: {always: x}}");
		eventually(() -> assertThat(file.problem()).isEmpty());
	}

	@Test
	void aFileThatIsBadFromTheStartMentionsNobodyAndAnEmptyOneIsNone() throws IOException {
		DutyFile bad = new DutyFile(Files.writeString(this.folder.resolve("bad"), "teams"));
		assertThat(bad.problem()).isNotEmpty();
		assertThat(bad.table().teams()).isEmpty();
		DutyFile large = new DutyFile(Files.writeString(this.folder.resolve("large"), "#".repeat(300_000)));
		assertThat(large.problem()).contains("more than 256 KB");
		DutyFile empty = new DutyFile(Files.writeString(this.folder.resolve("empty"), "\n"));
		assertThat(empty.problem()).isEmpty();
		assertThat(new DutyFile(null).problem()).isEmpty();
	}

	private static void eventually(ThrowingRunnable check) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(check);
	}

}
