package io.monitoringstack.pushgatewayproxy.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecretHashTests {

	/** Hash of "correct horse battery" that another program made. */
	static final String FROM_CRYPT = "$2y$10$abcdefghijklmnopqrstuuCj7fyLDJytXL.TfOiOeiv0fQvSOK1/2";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void readsWhatOtherProgramsMake() {
		// printf %s abc | sha256sum
		assertThat(SecretHash.read("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
			.satisfies((hash) -> assertThat(hash.matches("abc")).isTrue())
			.satisfies((hash) -> assertThat(hash.matches("abd")).isFalse())
			.satisfies((hash) -> assertThat(hash.isSlow()).isFalse());
		assertThat(SecretHash.read(FROM_CRYPT))
			.satisfies((hash) -> assertThat(hash.matches("correct horse battery")).isTrue())
			.satisfies((hash) -> assertThat(hash.matches("correct horse batterx")).isFalse())
			.satisfies((hash) -> assertThat(hash.isSlow()).isTrue());
	}

	@Test
	void aPasswordThatBcryptWouldCutIsNone() {
		SecretHash hash = SecretHash.read(SecretHash.ofPassword("p".repeat(72)));
		assertThat(hash.matches("p".repeat(72))).isTrue();
		assertThat(hash.matches("p".repeat(73))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "$2b$04$abcdefghijklmnopqrstuuCj7fyLDJytXL.TfOiOeiv0fQvSOK1/2",
			"$2b$31$abcdefghijklmnopqrstuuCj7fyLDJytXL.TfOiOeiv0fQvSOK1/2" })
	void refusesACostThatIsGuessedFastOrTakesLong(String hash) {
		assertThatIllegalArgumentException().isThrownBy(() -> SecretHash.read(hash)).withMessageContaining("cost");
	}

	@Test
	void theCommandMakesHashesThatAreRecognized() throws IOException {
		assertThat(run("a".repeat(32) + "\n", "--hash-token")).isZero();
		assertThat(SecretHash.read(this.out.toString(StandardCharsets.UTF_8).strip()).matches("a".repeat(32))).isTrue();
		this.out.reset();
		assertThat(run("correct horse battery\r\n", "--hash-password")).isZero();
		String bcrypt = this.out.toString(StandardCharsets.UTF_8).strip();
		assertThat(bcrypt).startsWith("$2b$12$");
		assertThat(SecretHash.read(bcrypt).matches("correct horse battery")).isTrue();
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEmpty();
	}

	@Test
	void theCommandSaysWhatIsWrongAndPrintsNoHash() throws IOException {
		assertThat(run("short", "--hash-token")).isEqualTo(2);
		assertThat(run("short", "--hash-password")).isEqualTo(2);
		assertThat(run("ä".repeat(40), "--hash-password")).isEqualTo(2);
		assertThat(run("", "--hash-token", "s3cret".repeat(10))).isEqualTo(2);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEmpty();
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.contains("openssl rand -hex 32", "12 characters", "standard input")
			.doesNotContain("short", "s3cret");
	}

	@Test
	void onlyItsOwnArgumentsStartTheCommand() {
		assertThat(HashCommand.isAskedFor(new String[] { "--hash-token" })).isTrue();
		assertThat(HashCommand.isAskedFor(new String[] {})).isFalse();
		assertThat(HashCommand.isAskedFor(new String[] { "--server.port=1" })).isFalse();
	}

	private int run(String in, String... args) throws IOException {
		return HashCommand.run(args, new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
				new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

}
