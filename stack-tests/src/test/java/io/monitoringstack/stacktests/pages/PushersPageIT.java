package io.monitoringstack.stacktests.pages;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the Pushgateway proxy, as somebody uses it who wants to know who pushes.
 */
class PushersPageIT {

	private static final Site PROXY = Site.of("PROXY_URL", "http://localhost:9091");

	/**
	 * Pushes as any script of this page's origin may.
	 */
	private static final String SEND = """
			return fetch(arguments[0], { method: arguments[1], body: arguments[2] }).then((answer) => answer.status);
			""";

	private static Browser browser;

	private final String job = "pushers_" + UUID.randomUUID().toString().substring(0, 8);

	@BeforeAll
	static void start() {
		browser = Browser.start(PROXY);
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
		browser.forget(PROXY.base());
		browser.visitor("en-US", "Asia/Seoul");
	}

	@AfterEach
	void tidyUp() {
		if (browser != null) {
			send("DELETE", null);
		}
	}

	@Test
	void tellsWhoPushedAndWhyAPushWasRefused() {
		open();
		assertThat(send("PUT", "pushers_page 1\n")).isEqualTo(200);
		assertThat(send("POST", "pushers_page one\n")).isEqualTo(400);
		// The browser itself complains of the 400.
		assertThat(browser.console()).singleElement().asString().contains("400");
		open();
		browser.find("#filter").sendKeys(this.job);
		browser.waitForText("#rows", "400");
		String row = browser.find("#rows").getText();
		assertThat(row).contains("job=\"" + this.job + "\"", "ago", "PUT", "HeadlessChrome");
		assertThat(browser.all("#rows tr")).hasSize(1);
		browser.assertQuiet();
	}

	@Test
	void pushgatewaysPageLeadsThereAndItsColumnsSort() {
		open();
		for (String group : List.of("/n/10", "/n/2")) {
			assertThat(send("POST", group, "pushers_page 1\n")).isEqualTo(200);
		}
		browser.open(PROXY.base() + "/");
		browser.find("a[href='pushers']").click();
		browser.waitForText("#rows", this.job);
		browser.find("#filter").sendKeys(this.job);
		browser.find("th[data-sort='group'] button").click();
		assertThat(browser.find("th[data-sort='group']").getDomAttribute("aria-sort")).isEqualTo("ascending");
		assertThat(groups()).satisfiesExactly((first) -> assertThat(first).contains("n=\"2\""),
				(second) -> assertThat(second).contains("n=\"10\""));
		browser.find("th[data-sort='group'] button").click();
		assertThat(groups()).satisfiesExactly((first) -> assertThat(first).contains("n=\"10\""),
				(second) -> assertThat(second).contains("n=\"2\""));
		for (String group : List.of("/n/10", "/n/2")) {
			assertThat(send("DELETE", group, null)).isEqualTo(202);
		}
	}

	@Test
	void fitsAPhoneAndADeskInBothLanguages() {
		open();
		assertThat(send("POST", "pushers_page 1\n")).isEqualTo(200);
		for (String language : List.of("ko", "en")) {
			browser.desktop();
			look("pushers-desktop-" + language, language);
			browser.phone();
			look("pushers-phone-" + language, language);
		}
	}

	private void look(String name, String language) {
		open();
		browser.find("[data-language=%s]".formatted(language)).click();
		browser.waitForText("#rows", this.job);
		browser.waitForText("h1", language.equals("ko") ? "Push하는 곳" : "Pushers");
		browser.assertNoSidewaysScroll();
		browser.assertControlsHaveNames();
		browser.screenshot(name);
		browser.assertQuiet();
	}

	private static List<String> groups() {
		// At once, for the page draws its rows anew every few seconds.
		return ((List<?>) browser
			.script("return [...document.querySelectorAll('#rows td.group')].map((cell) => cell.textContent)")).stream()
			.map(String::valueOf)
			.toList();
	}

	private long send(String method, String body) {
		return send(method, "", body);
	}

	private long send(String method, String group, String body) {
		return ((Number) browser.script(SEND, PROXY.base() + "/metrics/job/" + this.job + group, method, body))
			.longValue();
	}

	private static void open() {
		browser.open(PROXY.base() + "/pushers");
		browser.waitUntil("the page", (page) -> !page.find("#count").getText().isEmpty());
	}

}
