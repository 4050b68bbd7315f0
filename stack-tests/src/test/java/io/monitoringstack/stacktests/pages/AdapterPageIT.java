package io.monitoringstack.stacktests.pages;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The adapter's page, as somebody uses it who wants to know whether alerts arrive.
 */
class AdapterPageIT {

	private static final Site ADAPTER = Site.of("ADAPTER_URL", "http://localhost:9095");

	private static Browser browser;

	@BeforeAll
	static void start() {
		browser = Browser.start(ADAPTER);
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
		browser.forget(ADAPTER.base());
		browser.visitor("en-US", "Asia/Seoul");
	}

	@Test
	void sendsATestAndShowsWhatBecameOfIt() {
		open("en");
		browser.find("[data-channel=selftest] button").click();
		browser.waitForText("#toast", "took the test");
		browser.waitForText("#rows", "Delivered");
		assertThat(browser.find("#rows tr").getText()).contains("test");
		browser.find("[data-channel=selftest] button").click();
		browser.waitForText("#toast", "One was sent just now. Try again in");
		// The browser itself complains of the 429.
		assertThat(browser.console()).singleElement().asString().contains("429");
	}

	@Test
	void drawsEverySampleAsDoorayWould() {
		open("en");
		List<String> samples = browser.all("#sample option")
			.stream()
			.map((option) -> option.getDomAttribute("value"))
			.filter((value) -> !value.equals("own"))
			.toList();
		assertThat(samples).hasSizeGreaterThan(5);
		for (String sample : samples) {
			browser.choose("#sample", "own");
			browser.waitUntil("nothing", (page) -> page.all("#message .attachment").isEmpty());
			browser.choose("#sample", sample);
			browser.waitUntil(sample, (page) -> !page.all("#message .attachment h4").isEmpty());
		}
		browser.choose("#sample", "critical");
		browser.waitForText("#route", "critical");
		browser.waitForText("#message", "web-01");
		assertThat(browser.find("#message .attachment").getCssValue("border-left-color")).contains("211, 47, 47");
		browser.choose("#path", "warning");
		browser.waitForText("#route", "# warning The address of the request names the channel.");
		browser.assertQuiet();
	}

	@Test
	void showsWhatWasWrittenAndRunsNothingOfIt() {
		open("en");
		browser.choose("#sample", "own");
		enter("""
				{"receiver":"x","groupKey":"k","alerts":[{"status":"firing","labels":{"alertname":"<img src=x \
				onerror='window.harm=1'>","severity":"critical","instance":"<script>window.harm=2</script>"},\
				"annotations":{"summary":"<b>bold</b>","runbook_url":"javascript:window.harm=3",\
				"description":"<svg onload=window.harm=4>"}}]}""");
		browser.find("#render").click();
		browser.waitForText("#message", "<b>bold</b>");
		assertThat(browser.find("#message").getText()).contains("<script>window.harm=2</script>", "<svg onload");
		assertThat(browser.all("#message img, #message script, #message svg, #message b, #message [onerror]"))
			.isEmpty();
		assertThat(browser.all("#message a")).extracting((link) -> link.getDomAttribute("href"))
			.allMatch((href) -> href.startsWith("http"));
		assertThat(browser.script("return window.harm")).isNull();
		browser.assertQuiet();
	}

	@Test
	void explainsWhatCannotBeShown() {
		open("en");
		browser.choose("#sample", "own");
		enter("[{\"labels\":{}}]");
		browser.find("#render").click();
		browser.waitForText("#route", "Point Prometheus at Alertmanager");
		browser.console();
	}

	@Test
	void forbidsTheBrowserToRunOrLoadForeignThings() {
		open("en");
		Object blocked = browser.script("""
				const image = document.createElement('img');
				const blocked = new Promise((done) => {
					document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
					setTimeout(() => done('nothing'), 3000);
				});
				image.src = 'http://192.0.2.1/picture.png';
				return blocked;
				""");
		assertThat(blocked).isEqualTo("img-src");
	}

	@Test
	void speaksTheLanguageChosen() {
		open("ko");
		assertThat(browser.find("h1").getText()).isEqualTo("알림 전달");
		browser.find("[data-language=en]").click();
		browser.waitForText("h1", "Alert delivery");
		browser.waitForText("#channels", "Last success");
		browser.assertQuiet();
	}

	@Test
	void fitsAPhoneAndADeskInBothLanguages() {
		for (int i = 0; i < 3; i++) {
			ADAPTER.order("POST", "/webhook/selftest", webhook());
		}
		for (String language : List.of("ko", "en")) {
			browser.phone();
			look("phone-" + language, language);
			browser.desktop();
			look("desktop-" + language, language);
		}
		browser.colours("dark");
		look("dark", "en");
	}

	private static void look(String name, String language) {
		open(language);
		browser.waitUntil("a message", (page) -> !page.all("#message .attachment").isEmpty());
		browser.assertNoSidewaysScroll();
		browser.assertControlsHaveNames();
		browser.screenshot(name);
		browser.assertQuiet();
	}

	private static String webhook() {
		return """
				{"version":"4","receiver":"x","groupKey":"%s","alerts":[{"status":"firing","labels":{"alertname":"Page"}}]}
				"""
			.formatted(UUID.randomUUID());
	}

	private static void enter(String text) {
		WebElement field = browser.find("#payload");
		browser.script("arguments[0].value = arguments[1]", field, text);
	}

	private static void open(String language) {
		browser.open(ADAPTER.base() + "/?lang=" + language);
		browser.waitUntil("the channels", (page) -> !page.all("#channels button").isEmpty());
	}

}
