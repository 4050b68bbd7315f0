package io.monitoringstack.pushgatewayproxy.identity;

import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import io.monitoringstack.pushgatewayproxy.settings.InvalidSettingsException;
import io.monitoringstack.pushgatewayproxy.settings.SettingLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TokenTableTests {

	private static final String TOKEN = "t0ken-".repeat(8);

	private static final String OTHER_TOKEN = "0ther-".repeat(8);

	private static final String PASSWORD = "correct horse battery";

	// Made by libxcrypt, which htpasswd uses.
	private static final String BCRYPT = SecretHashTests.FROM_CRYPT;

	private final TokenTable table = parse("""
			# name  hash  rights
			ci      %s  jobs=ci-*,build  label=team=ci label="stage=pre prod"
			ci      %s  jobs=*
			alice   %s  jobs=*
			""".formatted(SecretHash.ofToken(TOKEN), SecretHash.ofToken(OTHER_TOKEN), BCRYPT));

	@Test
	void findsATokenWithAndWithoutTheName() {
		for (String user : new String[] { null, "ci" }) {
			Identity ci = this.table.find(new Credentials(user, TOKEN));
			assertThat(ci).isNotNull();
			assertThat(ci.name()).isEqualTo("ci");
			assertThat(ci.jobs()).containsExactly(new JobPattern("ci-*"), new JobPattern("build"));
			assertThat(ci.labels()).isEqualTo(Map.of("team", "ci", "stage", "pre prod"));
		}
		assertThat(this.table.find(new Credentials("ci", OTHER_TOKEN)).labels()).as("a name may have two tokens")
			.isEmpty();
		assertThat(this.table.find(new Credentials("alice", TOKEN))).isNull();
		assertThat(this.table.find(new Credentials(null, TOKEN + "x"))).isNull();
		assertThat(this.table.find(new Credentials(null, SecretHash.ofToken(TOKEN)))).as("the hash opens nothing")
			.isNull();
	}

	@Test
	void aPasswordIsWorkedOutOnceAndThenKnown() {
		Credentials right = new Credentials("alice", PASSWORD);
		assertThat(this.table.find(right)).isNull();
		assertThat(this.table.isSlow(right)).isTrue();
		assertThat(this.table.findSlowly(right).name()).isEqualTo("alice");
		assertThat(this.table.find(right).name()).isEqualTo("alice");
		assertThat(this.table.verifiedPasswords()).isEqualTo(1);
	}

	@Test
	void aWrongPasswordIsNeitherLetInNorRemembered() {
		assertThat(this.table.findSlowly(new Credentials("alice", PASSWORD + "x"))).isNull();
		assertThat(this.table.find(new Credentials("alice", PASSWORD + "x"))).isNull();
		assertThat(this.table.verifiedPasswords()).isZero();
	}

	@Test
	void nothingSlowIsDoneForNamesWithoutAPasswordAndForBearerTokens() {
		assertThat(this.table.isSlow(new Credentials("nobody", PASSWORD))).isFalse();
		assertThat(this.table.isSlow(new Credentials("ci", PASSWORD))).isFalse();
		assertThat(this.table.isSlow(new Credentials(null, PASSWORD))).isFalse();
	}

	@Test
	void remembersOnlySoManyPasswords() {
		VerifiedPasswords verified = new VerifiedPasswords();
		for (int i = 0; i < 3 * VerifiedPasswords.MOST; i++) {
			verified.add("alice", "password" + i, Identity.ANYONE);
		}
		assertThat(verified.size()).isEqualTo(VerifiedPasswords.MOST);
		assertThat(verified.find("alice", "password" + (3 * VerifiedPasswords.MOST - 1))).isNotNull();
		assertThat(verified.find("alice", "password0")).isNull();
		assertThat(verified.find("bob", "password" + (3 * VerifiedPasswords.MOST - 1))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3cret", "s3cret jobs=*", "ci s3cret jobs=*", "ci sha256:s3cret jobs=*",
			"ci $2b$04$s3crets3crets3crets3crets3crets3crets3crets3cretss3cr jobs=*", "ci HASH", "ci HASH s3cret",
			"ci HASH jobs=", "ci HASH jobs=a,,b", "ci HASH jobs=* label=s3cret", "ci HASH jobs=* label=job=a",
			"ci HASH jobs=* label=__x=a", "ci HASH jobs=* label=1x=a", "ci HASH jobs=* label=x=",
			"ci HASH jobs=* label=x=a label=x=b", "c/i HASH jobs=*", "\"c i\" HASH jobs=*", "-ci HASH jobs=*" })
	void aLineThatIsNoneIsRefusedAndNothingOfItQuoted(String line) {
		String text = "\n" + line.replace("HASH", SecretHash.ofToken(TOKEN));
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> parse(text))
			.withMessageNotContaining("s3cret")
			.withMessageNotContaining(SecretHash.ofToken(TOKEN));
	}

	@Test
	void holdsNoSecretInAnyText() {
		Credentials credentials = new Credentials("ci", TOKEN);
		assertThat(this.table.toString() + credentials + SecretHash.read(SecretHash.ofToken(TOKEN))
				+ new Token(Identity.ANYONE, SecretHash.read(SecretHash.ofToken(TOKEN))) + this.table.find(credentials))
			.doesNotContain(TOKEN, SecretHash.ofToken(TOKEN).substring(7), BCRYPT);
	}

	private static TokenTable parse(String text) {
		return TokenTable.parse(SettingLine.read(text));
	}

}
