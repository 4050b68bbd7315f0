package io.monitoringstack.stacktests.pages;

import java.io.IOException;
import java.util.List;
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
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of received messages, as somebody uses it. Empties the simulator.
 */
class SimulatorPageIT {

	private static final Site SIMULATOR = Site.of("SIMULATOR_URL", "http://localhost:9096");

	private static final String SEOUL = "Asia/Seoul";

	private static Browser browser;

	private final String hook = "page-" + UUID.randomUUID().toString().substring(0, 8);

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
		browser.visitor("en-US", SEOUL);
	}

	@AfterEach
	void backToNormal() {
		if (browser != null) {
			SIMULATOR.order("DELETE", "/api/behaviour", "");
		}
	}

	@Test
	void showsAMessageThatArrivesWhileThePageIsOpen() {
		openLive("/");
		browser.script("window.notReloaded = true");
		post("""
				{"botName":"Alertmanager","text":"[심각] 신규 1 | HighCpu","attachments":[
				{"title":"CPU 사용률 95%","titleLink":"https://example.com/runbook","text":"대상: web-01","color":"#D32F2F"}]}
				""");
		browser.waitForText("article", "[심각] 신규 1 | HighCpu");
		WebElement card = card();
		assertThat(card.getText()).contains("Alertmanager", "#" + this.hook, "CPU 사용률 95%", "대상: web-01", "KST");
		assertThat(browser.find("article .attachment h3 a").getDomAttribute("href"))
			.isEqualTo("https://example.com/runbook");
		assertThat(browser.find("article .attachment").getCssValue("border-left-color")).contains("211, 47, 47");
		assertThat(browser.script("return window.notReloaded")).isEqualTo(true);
		assertThat(browser.find("#announcer").getDomProperty("textContent")).contains("HighCpu");
		browser.assertQuiet();
	}

	@Test
	void putsTheNewestMessageFirst() {
		post(text("first"));
		openLive("/");
		browser.waitForText("article", "first");
		behave("{\"perSecond\":0}");
		post(text("second"));
		post(text("third"));
		browser.waitForText("article", "third");
		assertThat(browser.all("article .text")).extracting(WebElement::getText)
			.containsExactly("third", "second", "first");
	}

	@Test
	void speaksTheLanguageOfTheBrowserAndTheOneChosen() {
		browser.visitor("ko-KR", SEOUL);
		openLive("/");
		assertThat(browser.find("h1").getText()).isEqualTo("두레이 시뮬레이터");
		assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo("ko");
		browser.find("[data-language=en]").click();
		assertThat(browser.find("h1").getText()).isEqualTo("Dooray simulator");
		assertThat(browser.find("#send-test").getText()).isEqualTo("Send a test");
		browser.reload();
		browser.waitForText("#connection", "Live");
		assertThat(browser.find("h1").getText()).isEqualTo("Dooray simulator");
		browser.assertQuiet();
	}

	@Test
	void showsWhatWasWrittenAndRunsNothingOfIt() {
		openLive("/");
		post("""
				{"botName":"<script>window.harm = 1</script>","text":"<img src=x onerror='window.harm = 2'>\\nsecond line",
				"attachments":[
				{"title":"<b>bold</b>","titleLink":"javascript:window.harm = 3","text":"javascript:window.harm=4","color":"red;background:url(//x)"},
				{"title":"data","titleLink":"data:text/html,<script>window.harm = 5</script>","text":"<svg onload=window.harm=6>"},
				{"title":"good","titleLink":"https://example.com/?a=\\"><script>window.harm = 7</script>"}]}
				""");
		browser.waitForText("article", "<img src=x onerror='window.harm = 2'>");
		assertThat(card().getText()).contains("<script>window.harm = 1</script>", "second line", "<b>bold</b>",
				"<svg onload=window.harm=6>");
		browser.find("article summary").click();
		browser.waitForText("article pre", "<b>bold</b>");
		assertThat(
				browser.all("article img, article script, article svg, article b, article [onerror], article [onload]"))
			.isEmpty();
		assertThat(browser.all("article a")).extracting((link) -> link.getDomAttribute("href"))
			.allMatch((href) -> href.startsWith("https://example.com/?a=%22%3E%3Cscript"))
			.hasSize(1);
		assertThat(browser.script("return window.harm")).isNull();
		browser.assertQuiet();
	}

	@Test
	void forbidsTheBrowserToRunOrLoadForeignThings() {
		openLive("/");
		Object refused = browser.script("""
				const refused = (action) => { try { action(); return false; } catch { return true; } };
				// Later, because what the driver itself runs may do more than the page may.
				return new Promise((done) => setTimeout(() => done([
					refused(() => document.createElement('script').src = '/harm.js'),
					refused(() => document.createElement('div').innerHTML = '<b>harm</b>'),
					refused(() => new Function('return 1'))])));
				""");
		assertThat(refused).isEqualTo(List.of(true, true, true));
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
	void makesBareAddressesClickableAndLeavesTheSentenceAroundThem() {
		openLive("/");
		post(text("런북: https://example.com/a?b=1&c=(2)입니다. (see http://localhost:9093/#/alerts), ftp://no.example"));
		browser.waitForText("article", "런북");
		assertThat(browser.all("article .text a")).extracting((link) -> link.getDomAttribute("href"))
			.containsExactly("https://example.com/a?b=1&c=(2)", "http://localhost:9093/#/alerts");
		assertThat(browser.all("article .text a")).allSatisfy((link) -> {
			assertThat(link.getDomAttribute("rel")).contains("noopener", "noreferrer");
			assertThat(link.getDomAttribute("target")).isEqualTo("_blank");
		});
	}

	@Test
	void strikesOutWhatDoorayWouldNotDeliver() {
		openLive("/");
		post(text("delivered"));
		post(text("too soon"));
		SIMULATOR.send("POST", path(), "no JSON at all");
		browser.waitForText("article", "no JSON at all");
		WebElement dropped = browser.find("article[data-outcome=dropped]");
		assertThat(dropped.getText()).contains("too soon", "Dropped: over the rate, though answered with 200");
		assertThat(browser.find("article[data-outcome=dropped] .text").getCssValue("text-decoration"))
			.contains("line-through");
		assertThat(browser.find("article[data-outcome=malformed]").getText())
			.contains("Refused with 400: not a message", "The body is not JSON.", "no JSON at all");
		assertThat(browser.find("article[data-outcome=accepted] .text").getCssValue("text-decoration"))
			.doesNotContain("line-through");
		assertThat(browser.find("#channel-count").getText()).isEqualTo("Messages: 3 · not delivered: 2");
	}

	@Test
	void countsWhatIsUnreadInOtherChannels() {
		post(text("old"));
		openLive("/#critical");
		browser.waitForText("#channels", this.hook);
		assertThat(browser.all(channel() + " .unread")).isEmpty();
		behave("{\"perSecond\":0}");
		post(text("one"));
		post(text("two"));
		browser.waitForText(channel() + " .unread", "2");
		assertThat(browser.script("return document.title")).isEqualTo("(2) Dooray simulator");
		assertThat(browser.all("article")).isEmpty();
		browser.find(channel()).click();
		browser.waitForText("article", "two");
		assertThat(browser.all("article")).hasSize(3);
		assertThat(browser.all(".unread")).isEmpty();
		assertThat(browser.find(channel()).getDomAttribute("aria-current")).isEqualTo("page");
		assertThat(browser.script("return document.title")).isEqualTo("Dooray simulator");
	}

	@Test
	void playsAnOutageForANumberOfAnswers() {
		openLive("/");
		browser.waitForText("#banner", "Working normally. 1 per second and hook");
		browser.choose("#mode", "status");
		enter("#status", "429");
		enter("#retryAfterSeconds", "7");
		enter("#times", "2");
		browser.find("#behaviour button[type=submit]").click();
		browser.waitForText("#banner", "Answer with a status: 429 (Retry-After 7 s, answers left: 2).");
		assertThat(browser.find("#banner").getDomAttribute("data-kind")).isEqualTo("failing");
		assertThat(post(text("refused"))).isEqualTo(429);
		browser.waitForText("#banner", "answers left: 1");
		browser.waitForText("article", "Answered with 429");
		assertThat(post(text("refused too"))).isEqualTo(429);
		browser.waitForText("#banner", "Working normally.");
		assertThat(post(text("delivered"))).isEqualTo(200);
	}

	@Test
	void refusesOneChannelAndSaysSo() {
		post(text("known"));
		openLive("/");
		browser.waitForText("article", "known");
		browser.choose("#target", this.hook);
		browser.choose("#mode", "not-successful");
		browser.find("#behaviour button[type=submit]").click();
		browser.waitForText("#banner", "Refuse inside a 200 (only #" + this.hook + ").");
		assertThat(browser.find("#banner").getText()).contains("Other channels work normally.");
		assertThat(browser.all(channel() + " .special")).hasSize(1);
		browser.find("#banner-reset").click();
		browser.waitForText("#banner", "Working normally.");
	}

	@Test
	void sendsATestMessageFromThePage() {
		openLive("/#warning");
		browser.find("#send-test").click();
		browser.waitForText("article", "Test message, sent from this page");
		browser.waitForText("#toast", "Sent, answered with 200.");
		assertThat(browser.find("article").getDomAttribute("data-hook")).isEqualTo("warning");
		browser.assertQuiet();
	}

	@Test
	void tellsANewcomerHowToMakeAnAlert() {
		openLive("/");
		browser.waitForText("#empty", "No message yet");
		assertThat(browser.find("#empty").getText()).contains(":9091/metrics/job/",
				SIMULATOR.base() + "/services/local/default/");
		post(text("the first"));
		browser.waitForText("article", "the first");
		assertThat(browser.find("#empty").isDisplayed()).isFalse();
		browser.find("#clear").click();
		browser.acceptDialog();
		browser.waitForText("#empty", "No message yet");
		assertThat(browser.all("article")).isEmpty();
	}

	@Test
	void showsTheReadersTimeAndKoreanTime() {
		browser.visitor("en-US", "America/New_York");
		post(text("far away"));
		openLive("/");
		browser.waitForText("article", "far away");
		assertThat(browser.find("article time").getText()).matches("\\d\\d:\\d\\d:\\d\\d.*\\d\\d:\\d\\d:\\d\\d KST");
		browser.visitor("en-US", SEOUL);
		openLive("/");
		browser.waitForText("article", "far away");
		assertThat(browser.find("article time").getText()).matches("\\d\\d:\\d\\d:\\d\\d KST");
	}

	@Test
	void saysThatTheConnectionIsLostAndCatchesUpLater() throws IOException {
		try (Relay relay = new Relay(SIMULATOR.base())) {
			browser.open(relay.url());
			browser.waitForText("#connection", "Live");
			relay.cut();
			browser.waitForText("#connection", "Connection lost, trying again");
			post(text("missed"));
			relay.mend();
			browser.waitForText("#connection", "Live");
			browser.waitForText("article", "missed");
		}
		browser.console();
	}

	@Test
	void keepsAnOpenCardOpenWhenAnotherMessageArrives() {
		post(text("being read"));
		openLive("/");
		browser.waitForText("article", "being read");
		browser.find("article summary").click();
		browser.waitForText("article pre", "being read");
		behave("{\"perSecond\":0}");
		post(text("newer"));
		browser.waitForText("article", "newer");
		assertThat(browser.all("article details[open]")).hasSize(1);
	}

	@Test
	void canBeUsedWithTheKeyboardAndAScreenReader() {
		post(text("for everyone"));
		openLive("/");
		browser.waitForText("article", "for everyone");
		browser.assertControlsHaveNames();
		browser.find("body").sendKeys(Keys.TAB);
		assertThat(browser.script("return document.activeElement.className")).isEqualTo("skip");
		browser.script("document.activeElement.blur(); document.getElementById('send-test').focus()");
		assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle")).isEqualTo("solid");
		assertThat(browser.all("[role=status], [role=alert], [aria-live]")).hasSizeGreaterThanOrEqualTo(4);
	}

	@Test
	void fitsAPhone() {
		fill();
		post("""
				{"botName":"%s","text":"%s https://example.com/%s"}
				""".formatted("n".repeat(80), "x".repeat(300), "u".repeat(300)));
		browser.phone();
		for (String language : new String[] { "ko", "en" }) {
			openLive("/?lang=" + language);
			browser.waitForText("article", "xxxx");
			browser.assertNoSidewaysScroll();
			browser.find("#control-toggle").click();
			assertThat(browser.find("#mode").isDisplayed()).isTrue();
			browser.assertNoSidewaysScroll();
		}
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("looks")
	void looksRight(String language, String colours) {
		browser.visitor(language, SEOUL);
		browser.colours(colours);
		picture(language, colours, "empty");
		fill();
		picture(language, colours, "full");
		SIMULATOR.order("PUT", "/api/behaviour",
				"{\"mode\":\"status\",\"status\":429,\"retryAfterSeconds\":5,\"times\":3}");
		SIMULATOR.order("PUT", "/api/behaviour/warning", "{\"mode\":\"hang\"}");
		picture(language, colours, "outage");
		browser.assertQuiet();
	}

	static Stream<Arguments> looks() {
		return Stream.of("ko-KR", "en-US")
			.flatMap((language) -> Stream.of("light", "dark").map((colours) -> Arguments.of(language, colours)));
	}

	private void picture(String language, String colours, String what) {
		String name = "%s-%s-%s".formatted(what, language.substring(0, 2), colours);
		browser.desktop();
		openLive("/");
		browser.assertNoSidewaysScroll();
		browser.screenshot(name + "-1440");
		browser.phone();
		openLive("/");
		browser.assertNoSidewaysScroll();
		browser.screenshot(name + "-360");
		if (what.equals("outage")) {
			browser.find("#control-toggle").click();
			browser.screenshot(name + "-360-open");
		}
	}

	private void fill() {
		send("default", """
				{"botName":"Grafana","text":"디스크 사용률이 80%를 넘었습니다. 자세히: http://localhost:3000/d/host 에서 확인하세요."}""");
		send("critical",
				"""
						{"botName":"Alertmanager","text":"[심각] 신규 2 · 해결 1 · 계속 5 | HighErrorRate | demo-app 외 1","attachments":[
						{"title":"demo-app 오류율 12.4%","titleLink":"http://localhost:3000/d/demo","color":"#D32F2F","text":"5분 동안 요청의 12.4%가 실패했습니다.\\n대상: demo-app:8000\\n시작: 2026-11-21 (토) 14:02:11 KST · 3분째 지속\\n런북: http://localhost:3000/docs/runbooks/HighErrorRate\\n무음 처리: http://localhost:9093/#/silences/new?filter=%7Balertname%3D%22HighErrorRate%22%7D"},
						{"title":"demo-app 응답 시간 2.3초","titleLink":"http://localhost:3000/d/demo","color":"#F9A825","text":"95번째 백분위 응답 시간이 1초를 넘었습니다."},
						{"title":"해결: 배치 작업 nightly_report","color":"#388E3C","text":"총 34분 만에 해결되었습니다."}]}
						""");
		send("critical", text("[심각] 신규 1 | InstanceDown | node-exporter"));
		send("warning",
				"""
						{"botName":"Alertmanager","text":"[경고] 신규 1 | HighMemoryUsage | web-02","attachments":[
						{"title":"메모리 사용률 91%","titleLink":"http://localhost:3000/d/host","color":"#F9A825","text":"대상: web-02\\n시작: 14:05:40 KST"}]}
						""");
		SIMULATOR.send("POST", "/services/local/selftest/page", "{\"botName\":\"curl\"}");
	}

	private void openLive(String path) {
		browser.open(SIMULATOR.base() + path);
		browser.waitUntil("a live connection",
				(page) -> "connected".equals(page.find("#connection").getDomAttribute("data-state"))
						&& (!page.all("article").isEmpty() || page.find("#empty").isDisplayed()));
	}

	private WebElement card() {
		return browser.find("article[data-hook='%s']".formatted(this.hook));
	}

	private String channel() {
		return "[data-channel='%s']".formatted(this.hook);
	}

	private String path() {
		return "/services/local/%s/page".formatted(this.hook);
	}

	private int post(String message) {
		return SIMULATOR.send("POST", path(), message);
	}

	private static void send(String hook, String message) {
		SIMULATOR.send("POST", "/services/local/%s/page".formatted(hook), message);
	}

	private void behave(String behaviour) {
		SIMULATOR.order("PUT", "/api/behaviour/" + this.hook, behaviour);
	}

	private static void enter(String css, String value) {
		WebElement field = browser.find(css);
		field.clear();
		field.sendKeys(value);
	}

	private static String text(String text) {
		return "{\"botName\":\"Alertmanager\",\"text\":\"%s\"}".formatted(text);
	}

}
