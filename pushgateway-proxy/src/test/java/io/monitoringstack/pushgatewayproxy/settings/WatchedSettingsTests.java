package io.monitoringstack.pushgatewayproxy.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class WatchedSettingsTests {

	private Path file;

	@BeforeEach
	void write(@TempDir Path folder) throws IOException {
		this.file = Files.writeString(folder.resolve("settings"), "one\n");
	}

	@Test
	void takesAChangedFileWhenTwoLooksFoundTheSame() throws IOException {
		WatchedSettings<List<String>> settings = settings(false);
		assertThat(settings.current()).containsExactly("one");
		Files.writeString(this.file, "o");
		settings.look();
		Files.writeString(this.file, "one\ntwo\n");
		settings.look();
		assertThat(settings.current()).as("it may be being written").containsExactly("one");
		settings.look();
		assertThat(settings.current()).containsExactly("one", "two");
		assertThat(settings.isInOrder()).isTrue();
	}

	@Test
	void keepsWhatWasGoodAndReportsAFaultOnce(CapturedOutput output) throws IOException {
		WatchedSettings<List<String>> settings = settings(false);
		Files.writeString(this.file, "one\n\nbad\n");
		look(settings, 5);
		assertThat(settings.current()).containsExactly("one");
		assertThat(settings.isInOrder()).isFalse();
		assertThat(settings.faultyLine()).isEqualTo(3);
		assertThat(output.getAll()).containsOnlyOnce("SOME_FILE, line 3: write good instead");
		Files.writeString(this.file, "good\n");
		look(settings, 2);
		assertThat(settings.current()).containsExactly("good");
		assertThat(settings.isInOrder()).isTrue();
		assertThat(settings.faultyLine()).isZero();
	}

	@Test
	void isInOrderAgainWhenTheChangeWasTakenBack() throws IOException {
		WatchedSettings<List<String>> settings = settings(false);
		Files.writeString(this.file, "bad\n");
		look(settings, 2);
		assertThat(settings.isInOrder()).isFalse();
		Files.writeString(this.file, "one\n");
		look(settings, 1);
		assertThat(settings.isInOrder()).isTrue();
	}

	@Test
	void keepsWhatWasReadWhenTheFileIsGone(CapturedOutput output) throws IOException {
		WatchedSettings<List<String>> settings = settings(false);
		Files.delete(this.file);
		look(settings, 3);
		assertThat(settings.current()).containsExactly("one");
		assertThat(settings.isInOrder()).isFalse();
		assertThat(output.getAll()).containsOnlyOnce("there is no such file");
		Files.writeString(this.file, "one\n");
		look(settings, 1);
		assertThat(settings.isInOrder()).isTrue();
	}

	@Test
	void aFileThatLocksADoorMayBeFilledLaterButNotEmptied(CapturedOutput output) throws IOException {
		Files.writeString(this.file, "# none yet\n");
		WatchedSettings<List<String>> settings = settings(true);
		Files.writeString(this.file, "");
		look(settings, 2);
		assertThat(settings.isInOrder()).isTrue();
		Files.writeString(this.file, "one\n");
		look(settings, 2);
		assertThat(settings.current()).containsExactly("one");
		Files.writeString(this.file, "# none any more\n");
		look(settings, 2);
		assertThat(settings.current()).containsExactly("one");
		assertThat(settings.isInOrder()).isFalse();
		assertThat(output.getAll()).contains("let everybody in");
		WatchedSettings<List<String>> other = settings(false);
		assertThat(other.current()).isEmpty();
	}

	@Test
	void aBadFileEndsTheStartWithItsLineAndTheRemedy() throws IOException {
		Files.writeString(this.file, "one\nbad\n");
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> settings(false))
			.withMessage("SOME_FILE (" + this.file + "), line 2: write good instead");
		Files.write(this.file, new byte[] { 'a', (byte) 0xff });
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> settings(false))
			.withMessageContaining("UTF-8");
		Files.write(this.file, new byte[1024 * 1024 + 1]);
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> settings(false))
			.withMessageContaining("larger than");
		Files.delete(this.file);
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> settings(false))
			.withMessageContaining("there is no such file");
	}

	@Test
	void noFileIsNoSetting() {
		for (Path none : new Path[] { null, Path.of("") }) {
			WatchedSettings<List<String>> settings = WatchedSettings.of("SOME_FILE", none, WatchedSettingsTests::words,
					true);
			settings.look();
			assertThat(settings.current()).isEmpty();
			assertThat(settings.isInOrder()).isTrue();
		}
	}

	@Test
	void showsItsStateAsMetrics() throws IOException {
		WatchedSettings<List<String>> settings = settings(false);
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		SettingsWatch watch = new SettingsWatch(Map.of("some", settings), registry);
		assertThat(registry.get("pushgateway.proxy.settings.ok").tag("file", "some").gauge().value()).isEqualTo(1);
		Files.writeString(this.file, "one\nbad\n");
		look(settings, 2);
		assertThat(registry.get("pushgateway.proxy.settings.ok").gauge().value()).isZero();
		assertThat(registry.get("pushgateway.proxy.settings.faulty.line").gauge().value()).isEqualTo(2);
		watch.stop();
	}

	private WatchedSettings<List<String>> settings(boolean staysOn) {
		return WatchedSettings.of("SOME_FILE", this.file, WatchedSettingsTests::words, staysOn);
	}

	private static void look(WatchedSettings<?> settings, int times) {
		for (int i = 0; i < times; i++) {
			settings.look();
		}
	}

	private static List<String> words(List<SettingLine> lines) {
		return lines.stream().map((line) -> {
			if ("bad".equals(line.first())) {
				throw line.invalid("write good instead");
			}
			return line.first();
		}).toList();
	}

}
