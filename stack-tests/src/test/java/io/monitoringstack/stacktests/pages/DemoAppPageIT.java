package io.monitoringstack.stacktests.pages;

import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of memos and switches, as somebody uses it. Removes the memos it made and ends
 * what it broke.
 */
class DemoAppPageIT {

	private static final Site DEMO_APP = Site.of("DEMO_APP_URL", "http://localhost:8000");

	private static Browser browser;

	private final String title = "page-" + UUID.randomUUID().toString().substring(0, 8);

	@BeforeAll
	static void start() {
		browser = Browser.start(DEMO_APP);
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
		DEMO_APP.order("DELETE", "/chaos/latency", "");
		browser.forget(DEMO_APP.base());
		browser.visitor("en-US", "Asia/Seoul");
	}

	@AfterEach
	void endLatency() {
		if (browser != null) {
			DEMO_APP.order("DELETE", "/chaos/latency", "");
		}
	}

	@Test
	void addsChangesAndDeletesAMemo() {
		open();
		write(this.title, "line one\nline two");
		browser.waitForText("#memo-list", this.title);
		assertThat(memo().getText()).contains("line one\nline two");
		press(memo(), "Edit");
		WebElement field = browser.find("#memo-title");
		assertThat(field.getDomProperty("value")).isEqualTo(this.title);
		field.sendKeys(" changed");
		browser.find("#memo-save").click();
		browser.waitForText("#memo-list", this.title + " changed");
		deleteMemo();
		browser.assertQuiet();
	}

	@Test
	void showsAMemoAsItWasWrittenAndRunsNothingOfIt() {
		open();
		String harm = "<img src=x onerror='window.harm = 1'><script>window.harm = 2</script>";
		write(this.title, harm);
		browser.waitForText("#memo-list", harm);
		assertThat(browser.all("#memo-list img, #memo-list script")).isEmpty();
		assertThat(browser.script("return window.harm")).isNull();
		deleteMemo();
		browser.assertQuiet();
	}

	@Test
	void asksForATitle() {
		open();
		browser.find("#memo-save").click();
		assertThat(browser.script("return document.getElementById('memo-title').validity.valueMissing"))
			.isEqualTo(true);
		assertThat(browser.script("return document.activeElement.id")).isEqualTo("memo-title");
	}

	@Test
	void breaksTheServiceAndMendsItAgain() {
		open();
		WebElement toggle = browser.find("#chaos-toggle-latency");
		assertThat(toggle.getDomAttribute("aria-pressed")).isEqualTo("false");
		toggle.click();
		browser.waitUntil("latency is on",
				(page) -> "true".equals(page.find("#chaos-latency").getDomAttribute("data-active")));
		browser.waitUntil("the time that is left",
				(page) -> page.find("#chaos-remaining-latency").getText().matches(".*\\d+:\\d\\d.*"));
		assertThat(browser.find("#chaos-alert-latency").getText()).isEqualTo("HighResponseTime");
		browser.find("#chaos-toggle-latency").click();
		browser.waitUntil("latency is off",
				(page) -> "false".equals(page.find("#chaos-latency").getDomAttribute("data-active")));
	}

	@Test
	void showsASwitchThatSomebodyElseTurnedOn() {
		open();
		DEMO_APP.order("POST", "/chaos/latency", "");
		browser.waitUntil("latency is on",
				(page) -> "true".equals(page.find("#chaos-latency").getDomAttribute("data-active")));
		browser.find("#chaos-stop-all").click();
		browser.waitUntil("latency is off",
				(page) -> "false".equals(page.find("#chaos-latency").getDomAttribute("data-active")));
	}

	@Test
	void speaksTheLanguageOfTheBrowserAndTheOneChosen() {
		browser.visitor("ko-KR", "Asia/Seoul");
		open();
		browser.waitForText("h1", "메모 데모");
		browser.find("#lang-en").click();
		browser.waitUntil("English", (page) -> "en".equals(page.find("html").getDomAttribute("lang")));
		assertThat(browser.find("#memo-save").getText()).isEqualTo("Add");
		browser.reload();
		browser.waitForText("#memo-save", "Add");
		browser.assertQuiet();
	}

	@Test
	void canBeUsedWithTheKeyboardAndAScreenReader() {
		open();
		browser.assertControlsHaveNames();
		browser.find("body").sendKeys(Keys.TAB);
		assertThat(browser.script("return document.activeElement.className")).isEqualTo("skip");
		assertThat(browser.all("[role=status], [role=alert], [aria-live]")).isNotEmpty();
	}

	@Test
	void fitsAPhone() {
		open();
		write(this.title, "x".repeat(400));
		browser.waitForText("#memo-list", this.title);
		browser.phone();
		for (String language : new String[] { "ko", "en" }) {
			open();
			browser.find("#lang-" + language).click();
			browser.waitForText("#memo-list", this.title);
			browser.assertNoSidewaysScroll();
		}
		deleteMemo();
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("looks")
	void looksRight(String language, String colours) {
		browser.visitor(language, "Asia/Seoul");
		browser.colours(colours);
		picture("calm-%s-%s".formatted(language.substring(0, 2), colours));
		DEMO_APP.order("POST", "/chaos/latency", "");
		picture("broken-%s-%s".formatted(language.substring(0, 2), colours));
		assertThat(browser.find("#chaos-latency").getDomAttribute("data-active")).isEqualTo("true");
		browser.assertQuiet();
	}

	static Stream<Arguments> looks() {
		return Stream.of("ko-KR", "en-US")
			.flatMap((language) -> Stream.of("light", "dark").map((colours) -> Arguments.of(language, colours)));
	}

	private void picture(String name) {
		browser.desktop();
		open();
		browser.assertNoSidewaysScroll();
		browser.screenshot(name + "-1440");
		browser.phone();
		open();
		browser.assertNoSidewaysScroll();
		browser.screenshot(name + "-360");
	}

	private void open() {
		browser.open(DEMO_APP.base() + "/");
		browser.waitUntil("memos and switches", (page) -> page.find("#memo-count").getText().matches(".*\\d.*")
				&& page.find("#chaos-toggle-latency").isDisplayed());
	}

	private void write(String title, String body) {
		browser.find("#memo-title").sendKeys(title);
		browser.find("#memo-body").sendKeys(body);
		browser.find("#memo-save").click();
	}

	private WebElement memo() {
		return browser.all("#memo-list > li")
			.stream()
			.filter((item) -> item.getText().contains(this.title))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no memo " + this.title));
	}

	private void deleteMemo() {
		press(memo(), "Delete", "삭제");
		// The second press means it.
		press(memo(), "delete", "삭제");
		browser.waitUntil("the memo is gone", (page) -> !page.find("#memo-list").getText().contains(this.title));
	}

	private static void press(WebElement card, String... labels) {
		card.findElements(By.tagName("button"))
			.stream()
			.filter((button) -> Stream.of(labels).anyMatch(button.getText()::contains))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no button in: " + card.getText()))
			.click();
	}

}
