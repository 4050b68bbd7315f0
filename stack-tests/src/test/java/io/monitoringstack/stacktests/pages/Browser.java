package io.monitoringstack.stacktests.pages;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A Chromium as a person has it before them. Both programs are the machine's own, from
 * the packages {@code chromium} and {@code chromium-driver}; {@code CHROMIUM} and
 * {@code CHROMEDRIVER} name others. Because both are named to it, Selenium looks for no
 * download.
 */
final class Browser implements AutoCloseable {

	static final int PHONE_WIDTH = 360;

	static final int DESKTOP_WIDTH = 1440;

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final int MAX_RELOADS = 3;

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final int MAX_SCREENSHOT_HEIGHT = 3000;

	private final ChromeDriver driver;

	private final String slug;

	private Browser(ChromeDriver driver, String slug) {
		this.driver = driver;
		this.slug = slug;
	}

	/**
	 * Start a browser, or say why not.
	 * @param site what is to be looked at
	 * @return the browser, {@code null} if the page cannot be tested
	 */
	static Browser start(Site site) {
		Optional<Path> chromium = program("CHROMIUM", "chromium", "chromium-browser", "google-chrome");
		Optional<Path> chromedriver = program("CHROMEDRIVER", "chromedriver");
		String whyNot = chromium.isEmpty() ? "Chromium is not installed; install the package chromium."
				: chromedriver.isEmpty() ? "chromedriver is not installed; install the package chromium-driver."
						: site.whyNot();
		if (!whyNot.isEmpty()) {
			System.out.println("[pages] skipped: " + whyNot);
			return null;
		}
		return start(site, chromium.get(), chromedriver.get());
	}

	/**
	 * Skip the test if there is no browser. Done before each test, because a test that is
	 * not counted is not missed.
	 * @param browser what {@code start} returned
	 */
	static void assumeStarted(Browser browser) {
		assumeTrue(browser != null, "no browser or no service, as said above");
	}

	private static Browser start(Site site, Path chromium, Path chromedriver) {
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions().setBinary(chromium.toString())
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
					"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
					"--disable-sync", "--lang=en-US");
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile())
			.usingAnyFreePort()
			.build();
		return new Browser(new ChromeDriver(service, options), site.slug());
	}

	private static Optional<Path> program(String variable, String... names) {
		String set = System.getenv(variable);
		if (set != null) {
			return Optional.of(Path.of(set));
		}
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
		return Stream.of(names)
			.flatMap((name) -> Stream.of(path.split(":")).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Begin as a new visitor.
	 * @param language language tag the browser asks for
	 * @param zone time zone of the reader
	 */
	void visitor(String language, String zone) {
		String agent = (String) script("return navigator.userAgent");
		command("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", language));
		command("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
		colours("light");
		desktop();
	}

	void open(String url) {
		// From another document, so that an address that differs in its fragment loads
		// too.
		this.driver.get("about:blank");
		this.driver.get(url);
	}

	void forget(String url) {
		command("Storage.clearDataForOrigin", Map.of("origin", url, "storageTypes", "all"));
		console();
	}

	void reload() {
		this.driver.navigate().refresh();
	}

	void desktop() {
		size(DESKTOP_WIDTH, 900, false);
	}

	void phone() {
		size(PHONE_WIDTH, 740, true);
	}

	/**
	 * Set the size of the window. Grafana draws what is in sight: a whole dashboard needs
	 * a tall one.
	 * @param width pixels; less than 600 are a phone
	 * @param height pixels
	 */
	void window(int width, int height) {
		size(width, height, width < 600);
	}

	private void size(int width, int height, boolean mobile) {
		command("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
	}

	void colours(String scheme) {
		command("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	WebElement find(String css) {
		return this.driver.findElement(By.cssSelector(css));
	}

	List<WebElement> all(String css) {
		return this.driver.findElements(By.cssSelector(css));
	}

	void choose(String select, String value) {
		find("%s option[value='%s']".formatted(select, value)).click();
	}

	void acceptDialog() {
		this.driver.switchTo().alert().accept();
	}

	Object script(String script, Object... arguments) {
		return ((JavascriptExecutor) this.driver).executeScript(script, arguments);
	}

	/**
	 * Wait until a person would see a text.
	 * @param css where
	 * @param text what
	 */
	void waitForText(String css, String text) {
		waitUntil("'%s' in %s".formatted(text, css),
				(browser) -> browser.all(css).stream().anyMatch((found) -> found.getText().contains(text)));
	}

	void waitUntil(String what, Function<Browser, Boolean> condition) {
		try {
			waitFor(what, PATIENCE, condition);
		}
		catch (ConditionTimeoutException ex) {
			throw notSeen(what, ex);
		}
	}

	/**
	 * Wait for what a page looks up once, when it is loaded, and which may not be there
	 * yet: load it again until it shows.
	 */
	void waitAcrossReloads(String what, Function<Browser, Boolean> condition) {
		waitAcrossReloads(what, PATIENCE, condition);
	}

	/**
	 * Wait as long each time before the page is loaded again.
	 * @param what what is waited for
	 * @param patience time for one load of the page
	 * @param condition whether it is there
	 */
	void waitAcrossReloads(String what, Duration patience, Function<Browser, Boolean> condition) {
		for (int reloads = 0; reloads < MAX_RELOADS; reloads++) {
			try {
				waitFor(what, patience, condition);
				return;
			}
			catch (ConditionTimeoutException ex) {
				reload();
			}
		}
		waitUntil(what, condition);
	}

	private AssertionError notSeen(String what, ConditionTimeoutException ex) {
		screenshot("failed");
		return new AssertionError("Not seen: %s. Console: %s. Page: %s".formatted(what, console(),
				script("return document.body.innerText.slice(0, 2000)")), ex);
	}

	private void waitFor(String what, Duration patience, Function<Browser, Boolean> condition) {
		// Looking makes the page compute its layout: what takes long is looked at less
		// often.
		await(what).atMost(patience)
			.pollInterval(patience.dividedBy(100))
			.ignoreExceptionsInstanceOf(WebDriverException.class)
			.until(() -> condition.apply(this));
	}

	/**
	 * Check that nothing is wider than the window.
	 */
	void assertNoSidewaysScroll() {
		Object widest = script("""
				const wide = [...document.querySelectorAll('body *')].filter((node) =>
					node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility()
					&& !node.closest('[data-scrolls], nav, pre, .visually-hidden'));
				return document.documentElement.scrollWidth <= innerWidth ? ''
					: wide.map((node) => node.tagName + '.' + node.className).join(', ') || 'the document';
				""");
		assertThat(widest).as("elements wider than %s px", script("return innerWidth")).isEqualTo("");
	}

	/**
	 * Check that each control says what it is to somebody who cannot see it, and that a
	 * field has a label.
	 */
	void assertControlsHaveNames() {
		Object nameless = script("""
				const name = (node) => (node.getAttribute('aria-label') || node.textContent.trim()
					|| [...(node.labels || [])].map((label) => label.textContent.trim()).join(' ')
					|| (document.getElementById(node.getAttribute('aria-labelledby')) || {}).textContent || '');
				return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
					.filter((node) => node.checkVisibility() && !name(node).trim())
					.map((node) => node.outerHTML.slice(0, 120)).join('\\n');
				""");
		assertThat(nameless).as("controls without a name").isEqualTo("");
	}

	/**
	 * Check that the browser complained of nothing: no error, no breach of the page's
	 * policy, no missing file.
	 */
	void assertQuiet() {
		assertThat(console()).as("complaints on the console").isEmpty();
	}

	List<String> console() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * Keep a picture of the whole page.
	 * @param name what it shows
	 * @return the picture
	 */
	BufferedImage screenshot(String name) {
		Number height = (Number) script("return Math.max(document.documentElement.scrollHeight, innerHeight)");
		Map<String, Object> parameters = new HashMap<>(Map.of("format", "png"));
		// Only where it must be: the browser makes the window larger for it, and a page
		// that draws itself anew then may be caught empty.
		if ((Boolean) script("return document.documentElement.scrollHeight > innerHeight")) {
			parameters.put("captureBeyondViewport", true);
			parameters.put("clip", Map.of("x", 0, "y", 0, "width", script("return innerWidth"), "height",
					Math.min(height.intValue(), MAX_SCREENSHOT_HEIGHT), "scale", 1));
		}
		byte[] png = Base64.getDecoder().decode((String) command("Page.captureScreenshot", parameters).get("data"));
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(this.slug + "-" + name + ".png"), png);
			return ImageIO.read(new ByteArrayInputStream(png));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, Object> command(String name, Map<String, Object> parameters) {
		return this.driver.executeCdpCommand(name, parameters);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
