package io.monitoringstack.pushgatewayproxy.settings;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingLineTests {

	@Test
	void leavesOutCommentsAndEmptyLinesAndKeepsTheirNumbers() {
		List<SettingLine> lines = SettingLine.read("# head\n\n a\tb=1  c#d # rest\r\n   \nlast");
		assertThat(lines).containsExactly(new SettingLine(3, List.of("a", "b=1", "c#d")),
				new SettingLine(5, List.of("last")));
	}

	@Test
	void doubleQuotesKeepBlanksTogether() {
		assertThat(SettingLine.read("\"my job\" jobs=\"a b,c\" \"#x\"").get(0).words()).containsExactly("my job",
				"jobs=a b,c", "#x");
	}

	@Test
	void namesTheLineOfAQuoteThatIsNotClosed() {
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> SettingLine.read("a\nb \"c d"))
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(2))
			.withMessageContaining("quote");
	}

	@Test
	void showsNoWordInItsText() {
		assertThat(SettingLine.read("name s3cret").get(0).toString()).doesNotContain("s3cret");
	}

}
