package io.monitoringstack.stacktests.pages;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every dashboard as it is drawn, on a desk and on a phone. A panel that may be empty
 * says so in its own words; Grafana's "No data" is for what nobody has thought of.
 */
class DashboardPagesIT {

	private static final Site GRAFANA = Site.of("NGINX_URL", "http://localhost");

	private static final String PANELS = "[data-testid^='data-testid Panel header']";

	/**
	 * Panels fade in: before that they are there and nobody sees them.
	 */
	private static final String DRAWN = """
			const opacity = (node) => node ? getComputedStyle(node).opacity * opacity(node.parentElement) : 1;
			const title = (panel) => panel.dataset.testid.replace('data-testid Panel header ', '');
			return [...document.querySelectorAll(arguments[0])]
				.filter((panel) => opacity(panel) > 0.99)
				.filter((panel) => panel.querySelector('canvas') || panel.innerText.trim().length > title(panel).length)
				.map(title);
			""";

	private static final String LOADING = """
			return document.querySelector("[aria-label='Panel loading bar'], [data-testid='Spinner']") !== null;
			""";

	/**
	 * Title and place of each panel in sight.
	 */
	private static final String PLACES = """
			return [...document.querySelectorAll(arguments[0])].map((panel) => {
				const place = panel.getBoundingClientRect();
				return [panel.dataset.testid.replace('data-testid Panel header ', ''),
					Math.round(place.x), Math.round(place.y), Math.round(place.width), Math.round(place.height)];
			}).filter(([, x, y]) => x >= 0 && y >= 0);
			""";

	/**
	 * Log lines may hold any words: of their panels only what is shorter than a line is
	 * read.
	 */
	private static final String WRONG = """
			const faults = /Panel plugin not found|Error loading|unexpected error|went wrong/;
			return [...document.querySelectorAll(arguments[0])].flatMap((panel) => {
				const title = panel.dataset.testid.replace('data-testid Panel header ', '');
				const error = panel.querySelector("[data-testid='data-testid Panel status error']");
				const text = arguments[2].includes(title) && panel.innerText.length > 200 ? '' : panel.innerText;
				const words = faults.exec(text) || !arguments[1].includes(title) && /No data/.exec(text);
				return error || words ? [title + ': ' + (words ? words[0] : error.getAttribute('aria-label'))] : [];
			});
			""";

	private static final int PHONE_WIDTH = 390;

	/**
	 * Pixels of one unit of a panel's height, and of what Grafana puts above the panels.
	 */
	private static final int UNIT = 38;

	private static final int HEADER = 230;

	/**
	 * More than a frame and its background: smoothed letters alone have as many.
	 */
	private static final int COLOURS = 6;

	/**
	 * For a dashboard of twenty panels on a busy machine.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static Browser browser;

	@BeforeAll
	static void start() {
		if (GRAFANA.whyNot().isEmpty() && Stream.of("/tempo/ready", "/otel-collector/")
			.anyMatch((part) -> GRAFANA.send("GET", part, "") != 200)) {
			System.out.println("[pages] skipped: the running stack is not of the full size.");
			return;
		}
		browser = Browser.start(GRAFANA);
		if (browser != null) {
			browser.visitor("en-US", "Asia/Seoul");
			Grafana.logIn(browser, GRAFANA);
			// Dashboards have the whole width, as with the menu closed.
			browser.script("localStorage.setItem('grafana.navigation.docked', 'false')");
		}
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
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("dashboards")
	void everyPanelIsDrawn(String uid, JsonNode dashboard) {
		browser.window(Browser.DESKTOP_WIDTH,
				HEADER + UNIT * panels(dashboard).mapToInt(DashboardPagesIT::bottom).max().orElse(0));
		// On a busy machine a load may take longer than the time after which a board asks
		// again, and begins anew.
		browser.open(GRAFANA.base() + "/d/" + uid + "?refresh=1d");
		awaitDrawn(dashboard);
		assertSeen("dashboard-" + uid);
		assertThat(wrong(dashboard)).as("%s at %d", uid, Browser.DESKTOP_WIDTH).isEmpty();
		browser.window(PHONE_WIDTH,
				HEADER + UNIT * panels(dashboard)
					.mapToInt((panel) -> Math.max(3, panel.path("gridPos").path("h").asInt() + 1))
					.sum());
		awaitDrawn(dashboard);
		assertSeen("dashboard-" + uid + "-phone");
		assertThat(wrong(dashboard)).as("%s at %d", uid, PHONE_WIDTH).isEmpty();
		assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
			.as("%s fits into a phone", uid)
			.isEqualTo(true);
	}

	@Test
	void theFirstPageIsTheOverviewAndFitsOntoADesk() {
		JsonNode overview = read(folder().resolve("Overview/overview.json"));
		browser.window(Browser.DESKTOP_WIDTH, 900);
		browser.open(GRAFANA.base() + "/");
		awaitDrawn(overview);
		Object lowest = browser.script("""
				return Math.max(...[...document.querySelectorAll(arguments[0])]
					.map((panel) => Math.round(panel.getBoundingClientRect().bottom)))""", PANELS);
		assertThat(((Number) lowest).intValue()).as("lower edge of the lowest panel").isLessThanOrEqualTo(900);
		assertSeen("home");
	}

	/**
	 * A request may be lost while Docker changes networks, so that the browser asks
	 * again.
	 */
	private static void awaitDrawn(JsonNode dashboard) {
		List<String> titles = titles(panels(dashboard));
		try {
			browser.waitAcrossReloads(titles.size() + " panels with something in each", PATIENCE,
					(page) -> page.script(LOADING).equals(false) && drawn().size() == titles.size()
							&& wrong(dashboard).isEmpty());
		}
		catch (AssertionError ex) {
			List<String> missing = new ArrayList<>(titles);
			missing.removeAll(drawn());
			throw new AssertionError("Loading: %s. Not drawn: %s. Wrong: %s.".formatted(browser.script(LOADING),
					missing, wrong(dashboard)), ex);
		}
	}

	private static List<?> drawn() {
		return (List<?>) browser.script(DRAWN, PANELS);
	}

	/**
	 * What the document holds is on the screen some frames later, and is not always there
	 * when a picture is taken.
	 */
	private static void assertSeen(String picture) {
		await("every panel on the picture " + picture).atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(500))
			.untilAsserted(() -> assertThat(unseen(browser.screenshot(picture))).isEmpty());
	}

	private static List<String> unseen(BufferedImage picture) {
		List<String> unseen = new ArrayList<>();
		for (Object place : (List<?>) browser.script(PLACES, PANELS)) {
			List<?> parts = (List<?>) place;
			Rectangle panel = new Rectangle(number(parts.get(1)), number(parts.get(2)), number(parts.get(3)),
					number(parts.get(4)))
				.intersection(picture.getRaster().getBounds());
			if (!panel.isEmpty() && colours(picture, panel) < COLOURS) {
				unseen.add((String) parts.get(0));
			}
		}
		return unseen;
	}

	private static long colours(BufferedImage picture, Rectangle place) {
		int[] pixels = picture.getRGB(place.x, place.y, place.width, place.height, null, 0, place.width);
		return IntStream.of(pixels).distinct().limit(COLOURS).count();
	}

	private static int number(Object value) {
		return ((Number) value).intValue();
	}

	private static List<?> wrong(JsonNode dashboard) {
		List<JsonNode> logs = panels(dashboard).filter((panel) -> "logs".equals(panel.path("type").asString()))
			.toList();
		// Panels of log lines do not show the words that they are given for having none.
		List<String> mayBeEmpty = titles(
				logs.stream().filter((panel) -> panel.path("fieldConfig").path("defaults").has("noValue")));
		return (List<?>) browser.script(WRONG, PANELS, mayBeEmpty, titles(logs.stream()));
	}

	private static List<String> titles(Stream<JsonNode> panels) {
		return panels.map((panel) -> panel.path("title").asString()).toList();
	}

	private static Stream<Object[]> dashboards() throws IOException {
		try (Stream<Path> files = Files.walk(folder())) {
			return files.filter((file) -> file.toString().endsWith(".json"))
				.sorted()
				.map(DashboardPagesIT::read)
				.map((json) -> new Object[] { json.path("uid").asString(), json })
				.toList()
				.stream();
		}
	}

	private static Stream<JsonNode> panels(JsonNode dashboard) {
		return dashboard.path("panels").valueStream().filter((panel) -> !"row".equals(panel.path("type").asString()));
	}

	private static int bottom(JsonNode panel) {
		return panel.path("gridPos").path("y").asInt() + panel.path("gridPos").path("h").asInt();
	}

	private static JsonNode read(Path file) {
		return JsonMapper.shared().readTree(file);
	}

	private static Path folder() {
		Path root = Path.of("").toAbsolutePath();
		while (!Files.exists(root.resolve("docker-compose.yml"))) {
			root = Objects.requireNonNull(root.getParent(), "not started inside the repository");
		}
		return root.resolve("grafana/dashboards");
	}

}
