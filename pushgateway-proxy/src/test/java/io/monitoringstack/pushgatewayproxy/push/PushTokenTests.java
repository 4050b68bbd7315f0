package io.monitoringstack.pushgatewayproxy.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import io.monitoringstack.pushgatewayproxy.identity.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PushTokenTests {

	private static final String TOKEN = "s3cret-token";

	@Test
	void letsEverybodyInWhereNoneIsSet() {
		for (String none : new String[] { null, "", "  " }) {
			PushToken token = PushToken.from(properties(none, null));
			assertThat(token.isRequired()).isFalse();
			assertThat(token.accepts(Credentials.read(null))).isTrue();
		}
	}

	@Test
	void acceptsItAsBearerAndAsPassword() {
		PushToken token = PushToken.from(properties(TOKEN, null));
		assertThat(token.accepts(Credentials.read("Bearer " + TOKEN))).isTrue();
		assertThat(token.accepts(Credentials.read("bearer  " + TOKEN))).isTrue();
		assertThat(token.accepts(Credentials.read(basic("anyone:" + TOKEN)))).isTrue();
		assertThat(token.accepts(Credentials.read(basic(":" + TOKEN)))).isTrue();
	}

	@Test
	void refusesEverythingElse() {
		PushToken token = PushToken.from(properties(TOKEN, null));
		for (String wrong : new String[] { null, "", "Bearer", "Bearer ", "Bearer other", TOKEN, "Basic", "Basic %%%",
				basic(TOKEN), basic(TOKEN + ":"), basic("user:wrong"), "Digest " + TOKEN, "Bearer " + TOKEN + "x" }) {
			assertThat(token.accepts(Credentials.read(wrong))).as("%s", wrong).isFalse();
		}
	}

	@Test
	void keepsColonsInThePassword() {
		assertThat(PushToken.from(properties("a:b", null)).accepts(Credentials.read(basic("user:a:b")))).isTrue();
	}

	@Test
	void readsItFromAFile(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
		assertThat(PushToken.from(properties(null, file)).accepts(Credentials.read("Bearer " + TOKEN))).isTrue();
	}

	@Test
	void takesAnEmptyFileForNone(@TempDir Path folder) throws IOException {
		Path empty = Files.writeString(folder.resolve("empty"), "\n");
		assertThat(PushToken.from(properties(null, empty)).isRequired()).isFalse();
	}

	@Test
	void refusesToStartWithAFileThatIsNotThere(@TempDir Path folder) {
		assertThatIllegalStateException().isThrownBy(() -> PushToken.from(properties(null, folder.resolve("none"))))
			.withMessageContaining("PUSH_BEARER_TOKEN_FILE");
	}

	@Test
	void isNotInAnyToString() {
		PushProperties properties = properties(TOKEN, null);
		assertThat(properties.toString()).doesNotContain(TOKEN);
		assertThat(PushToken.from(properties).toString()).doesNotContain(TOKEN);
	}

	private static String basic(String userAndPassword) {
		return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
	}

	private static PushProperties properties(String token, Path file) {
		return new PushProperties(PushMode.MERGE, DataSize.ofMegabytes(1), 10, DataSize.ofMegabytes(3), token, file,
				null, null, false, PushCheck.UPSTREAM, 10, 10);
	}

}
