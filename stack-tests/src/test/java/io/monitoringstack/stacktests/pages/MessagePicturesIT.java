package io.monitoringstack.stacktests.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a message looks like on a phone: the messages that the adapter's tests expect, on
 * the page of the simulator. Empties the simulator.
 */
class MessagePicturesIT {

	private static final Site SIMULATOR = Site.of("SIMULATOR_URL", "http://localhost:9096");

	private static final Path GOLDEN = Path.of("../dooray-adapter/src/test/resources/golden");

	private static Browser browser;

	@BeforeAll
	static void start() {
		browser = Browser.start(SIMULATOR);
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void begin() {
		Browser.assumeStarted(browser);
		SIMULATOR.order("DELETE", "/api/behaviour", "");
		SIMULATOR.order("DELETE", "/api/messages", "");
		browser.forget(SIMULATOR.base());
	}

	@ParameterizedTest
	@ValueSource(strings = { "ko", "en" })
	void aMessageIsReadableOnAPhone(String language) throws IOException {
		SIMULATOR.order("POST", "/services/pictures/critical/simulator",
				Files.readString(GOLDEN.resolve("mixed.%s.expected.json".formatted(language))));
		browser.visitor(language.equals("ko") ? "ko-KR" : "en-US", "Asia/Seoul");
		browser.phone();
		browser.open(SIMULATOR.base() + "/?lang=" + language);
		browser.waitForText("article", "HighCPUUsage");
		List<String> titles = browser.all("article .attachment h3").stream().map(WebElement::getText).toList();
		assertThat(titles).hasSize(4);
		browser.assertNoSidewaysScroll();
		browser.screenshot("message-" + language);
	}

}
