package io.monitoringstack.demoapp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.monitoringstack.demoapp.chaos.ChaosParameter;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@WholeService
class PageTests {

	private static final Pattern KEY = Pattern.compile("^    \"([\\w.]+)\": \"(.+)\",$", Pattern.MULTILINE);

	@Autowired
	private RestTestClient client;

	@Test
	void isServedWithAPolicyThatAllowsItsOwnFilesOnly() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Content-Type", (type) -> assertThat(type).startsWith("text/html"))
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy)
						.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
						.doesNotContain("unsafe", "http:", "*"))
			.expectHeader()
			.valueEquals("Cache-Control", "no-store");
	}

	@Test
	void everyFileItNamesIsThere() throws IOException {
		List<String> files = Pattern.compile("(?:href|src)=\"([\\w.]+\\.(?:js|css|svg))\"")
			.matcher(read("index.html"))
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(files).contains("app.js", "style.css", "favicon.svg");
		files.forEach((file) -> this.client.get().uri("/" + file).exchange().expectStatus().isOk());
	}

	@Test
	void obeysItsOwnPolicyAndNeverTurnsTextIntoMarkup() throws IOException {
		for (var file : new PathMatchingResourcePatternResolver().getResources("classpath:static/*")) {
			String text = file.getContentAsString(StandardCharsets.UTF_8);
			assertThat(text).as(file.getFilename())
				.doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style=\"",
						"onclick=\"", "javascript:", "//cdn", "https://");
		}
	}

	@Test
	void speaksBothLanguagesAboutTheSameThings() throws IOException {
		String texts = read("i18n.js");
		int english = texts.indexOf("\n  en: {");
		List<String> korean = keys(texts.substring(0, english));
		assertThat(korean).hasSizeGreaterThan(60).doesNotHaveDuplicates();
		assertThat(keys(texts.substring(english))).isEqualTo(korean);
	}

	@Test
	void hasATextForEachNameItAsksFor() throws IOException {
		List<String> keys = keys(read("i18n.js"));
		Pattern used = Pattern.compile("(?:data-i18n(?:-label)?=\"|\\bt\\(\"|button\\(\")([\\w.]+)\"");
		for (String file : List.of("index.html", "app.js", "api.js", "memos.js", "chaos.js", "live.js")) {
			assertThat(used.matcher(read(file)).results().map((match) -> match.group(1))).as(file)
				.allMatch(keys::contains);
		}
		for (ChaosSwitch chaosSwitch : ChaosSwitch.values()) {
			assertThat(keys).contains("chaos." + chaosSwitch.key(), "chaos." + chaosSwitch.key() + ".what");
			assertThat(chaosSwitch.parameters()).extracting(ChaosParameter::name)
				.allMatch((name) -> keys.contains("chaos.param." + name));
		}
	}

	private static List<String> keys(String texts) {
		return KEY.matcher(texts).results().map((MatchResult match) -> match.group(1)).toList();
	}

	private static String read(String file) throws IOException {
		return new ClassPathResource("static/" + file).getContentAsString(StandardCharsets.UTF_8);
	}

}
