package io.monitoringstack.doorayadapter.dooray;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.delivery.Hook;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HookDirectoryTests {

	private static final String DOORAY = "https://hook.dooray.com/services/1/2/";

	private static final String SIMULATOR = "http://localhost:9096/services/monitoring/";

	private final Map<String, Object> variables = new HashMap<>();

	@TempDir
	Path folder;

	@Test
	void eachChannelUsesItsOwnHook() {
		set("DOORAY_HOOK_URL_CRITICAL", DOORAY + "c");
		set("DOORAY_HOOK_URL_WARNING", DOORAY + "w");
		set("DOORAY_HOOK_URL_DB_TEAM", DOORAY + "d");
		assertThat(url("critical")).isEqualTo(DOORAY + "c");
		assertThat(url("warning")).isEqualTo(DOORAY + "w");
		assertThat(url("db-team")).isEqualTo(DOORAY + "d");
		assertThat(directory().channels()).containsExactly("critical", "db-team", "warning");
	}

	@Test
	void oneHookServesAll() {
		set("DOORAY_HOOK_URL_CRITICAL", DOORAY + "c");
		set("DOORAY_HOOK_URL_WARNING", " ");
		set("DOORAY_HOOK_URL", "");
		assertThat(hook("warning")).isEqualTo(new Hook("warning", "critical", Hook.Role.REGULAR, uri(DOORAY + "c")));
	}

	@Test
	void theSameHookTwiceIsStillOneHook() {
		set("DOORAY_HOOK_URL_CRITICAL", DOORAY + "c");
		set("DOORAY_HOOK_URL_WARNING", DOORAY + "c");
		assertThat(hook("db").role()).isEqualTo(Hook.Role.REGULAR);
	}

	@Test
	void theDefaultHookServesWhatHasNone() {
		set("DOORAY_HOOK_URL", DOORAY + "all");
		set("DOORAY_HOOK_URL_CRITICAL", DOORAY + "c");
		assertThat(hook("warning")).isEqualTo(new Hook("warning", "default", Hook.Role.REGULAR, uri(DOORAY + "all")));
	}

	@Test
	void anotherHookStandsInAndIsNamedASubstitute() {
		set("DOORAY_HOOK_URL_WARNING", DOORAY + "w");
		set("DOORAY_HOOK_URL_DB", DOORAY + "d");
		assertThat(hook("critical"))
			.isEqualTo(new Hook("critical", "warning", Hook.Role.SUBSTITUTE, uri(DOORAY + "w")));
	}

	@Test
	void withoutAnyHookEachChannelHasItsOwnInTheSimulator() {
		assertThat(hook("critical"))
			.isEqualTo(new Hook("critical", "critical", Hook.Role.SIMULATOR, uri(SIMULATOR + "critical/simulator")));
		assertThat(url("default")).isEqualTo(SIMULATOR + "default/simulator");
	}

	@Test
	void aSelfTestInTheSimulatorIsNotTheOneHookThatServesAll() {
		set("DOORAY_HOOK_URL_SELFTEST", SIMULATOR + "selftest/simulator");
		assertThat(url("selftest")).isEqualTo(SIMULATOR + "selftest/simulator");
		assertThat(hook("critical").role()).isEqualTo(Hook.Role.SIMULATOR);
		assertThat(url("critical")).isEqualTo(SIMULATOR + "critical/simulator");
	}

	@Test
	void aSelfTestInARealRoomTakesNoRealAlertsEither() {
		set("DOORAY_HOOK_URL_SELFTEST", DOORAY + "selftest");
		assertThat(hook("critical").role()).isEqualTo(Hook.Role.SIMULATOR);
	}

	@Test
	void theSimulatorNeverStandsInForARealHook() {
		set("DOORAY_HOOK_URL", SIMULATOR + "default/simulator");
		set("DOORAY_HOOK_URL_SELFTEST", SIMULATOR + "selftest/simulator");
		set("DOORAY_HOOK_URL_CRITICAL", DOORAY + "c");
		assertThat(hook("warning")).isEqualTo(new Hook("warning", "critical", Hook.Role.REGULAR, uri(DOORAY + "c")));
		assertThat(directory().substituteFor(hook("critical"))).isEmpty();
	}

	@Test
	void aBrokenHookIsReplacedByAnotherRealOne() {
		set("DOORAY_HOOK_URL_CRITICAL", DOORAY + "c");
		set("DOORAY_HOOK_URL_WARNING", DOORAY + "w");
		assertThat(directory().substituteFor(hook("critical")))
			.contains(new Hook("critical", "warning", Hook.Role.SUBSTITUTE, uri(DOORAY + "w")));
	}

	@Test
	void aBrokenSelfTestIsNotMovedToARealRoom() {
		set("DOORAY_HOOK_URL_SELFTEST", SIMULATOR + "selftest/simulator");
		set("DOORAY_HOOK_URL_CRITICAL", DOORAY + "c");
		assertThat(directory().substituteFor(hook("selftest"))).isEmpty();
	}

	@Test
	void readsFilesOfVariablesAndOfTheFolder() throws IOException {
		Files.writeString(this.folder.resolve("Web_Team"), DOORAY + "web\n");
		Files.writeString(this.folder.resolve("critical"), DOORAY + "folder");
		Files.writeString(this.folder.resolve(".hidden"), "nonsense");
		Files.writeString(this.folder.resolve("README.md"), "What this folder is for");
		Path file = Files.writeString(Files.createDirectory(this.folder.resolve("sub")).resolve("x"), DOORAY + "file");
		set("DOORAY_HOOK_URL_CRITICAL_FILE", file.toString());
		set("DOORAY_HOOK_DIR", this.folder.toString());
		assertThat(url("web-team")).isEqualTo(DOORAY + "web");
		assertThat(url("critical")).isEqualTo(DOORAY + "file");
	}

	@Test
	void readsAFileAgainWhenItChangesAndKeepsTheLastGoodHook() throws IOException {
		Path file = Files.writeString(this.folder.resolve("hook"), DOORAY + "old");
		set("DOORAY_HOOK_URL_FILE", file.toString());
		HookDirectory directory = directory();
		Files.writeString(file, DOORAY + "new");
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(directory.hookFor("default").url()).hasToString(DOORAY + "new"));
		Files.writeString(file, "https://evil.example.com/services/1/2/3");
		Awaitility.await()
			.during(Duration.ofMillis(1500))
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(directory.hookFor("default").url()).hasToString(DOORAY + "new"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s\n%s", "%s\r\n%s\r\n", "%s %s", "%s,%s", "%s , %s" })
	void takesTwoUrlsDuringARotationTheNewOneFirst(String form) {
		set("DOORAY_HOOK_URL_CRITICAL", form.formatted(DOORAY + "n", DOORAY + "o"));
		assertThat(hook("critical"))
			.isEqualTo(new Hook("critical", "critical", Hook.Role.REGULAR, uri(DOORAY + "n"), uri(DOORAY + "o")));
		assertThat(hook("warning").previous()).isEqualTo(uri(DOORAY + "o"));
		assertThat(hook("critical")).asString().doesNotContain("services");
		assertThat(new HookUrls(uri(DOORAY + "n"), uri(DOORAY + "o"))).asString().doesNotContain("services");
	}

	@Test
	void aCommaMayBePartOfAUrlAndTheSameUrlTwiceIsNoRotation() {
		set("DOORAY_HOOK_URL", DOORAY + "a,b " + DOORAY + "a,b");
		assertThat(hook("default")).isEqualTo(new Hook("default", "default", Hook.Role.REGULAR, uri(DOORAY + "a,b")));
	}

	@ParameterizedTest
	@ValueSource(strings = { DOORAY + "s3cr3t " + DOORAY + "s3cr3t2 " + DOORAY + "s3cr3t3",
			DOORAY + "s3cr3t http://evil.example/s3cr3t", "s3cr3t " + DOORAY + "s3cr3t" })
	void refusesMoreThanTwoAndAnyThatIsNotAHook(String urls) {
		set("DOORAY_HOOK_URL_CRITICAL", urls);
		assertThatExceptionOfType(InvalidHookException.class).isThrownBy(this::directory)
			.withMessageContaining("DOORAY_HOOK_URL_CRITICAL")
			.withMessageNotContainingAny("s3cr3t", "http:", "evil");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://hook.dooray.com/services/1/2/3", "https://acme.dooray.com/services/1/2/3",
			"https://HOOK.gov-dooray.com/services/1/2/3", "https://hook.gov-dooray.co.kr/services/1/2/3",
			"https://hook.dooray.co.kr:443/services/1/2/3", "http://proxy.internal/services/1/2/3",
			"http://127.0.0.1:8080/services/1/2/3", "http://localhost:9096/anything" })
	void takesDoorayAndWhatIsListed(String url) {
		set("DOORAY_HOOK_URL", url);
		assertThat(url("default")).isEqualTo(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://hook.dooray.com/services/1/2/s3cr3t", "https://evildooray.com/services/1/2/s3cr3t",
			"https://dooray.com/services/1/2/s3cr3t", "https://hook.dooray.com.evil.com/services/1/2/s3cr3t",
			"https://hook.dooray.com:8443/services/1/2/s3cr3t", "https://127.0.0.1:8081/services/1/2/s3cr3t",
			"https://hook.dooray.com@evil.com/services/s3cr3t", "ftp://hook.dooray.com/services/1/2/s3cr3t",
			"https://hook.dooray.com", "s3cr3t", "https://hook.dooray.com/a b/s3cr3t",
			"https://hook.dooray.com\\@evil.com/s3cr3t", "http://localhost:9097/s3cr3t" })
	void refusesAllElseNamingTheVariableOnly(String url) {
		set("DOORAY_HOOK_URL_CRITICAL", url);
		assertThatExceptionOfType(InvalidHookException.class).isThrownBy(this::directory)
			.withMessageContaining("DOORAY_HOOK_URL_CRITICAL")
			.withMessageNotContainingAny("s3cr3t", "http:", "evil");
	}

	@Test
	void refusesAVariableAndItsFileAtOnce() {
		set("DOORAY_HOOK_URL", DOORAY + "s3cr3t");
		set("DOORAY_HOOK_URL_FILE", "/nowhere");
		assertThatExceptionOfType(InvalidHookException.class).isThrownBy(this::directory)
			.withMessageContaining("DOORAY_HOOK_URL_FILE");
	}

	private void set(String name, String value) {
		this.variables.put(name, value);
	}

	private static java.net.URI uri(String url) {
		return java.net.URI.create(url);
	}

	private String url(String channel) {
		return hook(channel).url().toString();
	}

	private Hook hook(String channel) {
		return directory().hookFor(channel);
	}

	private HookDirectory directory() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", this.variables));
		Object dir = this.variables.get("DOORAY_HOOK_DIR");
		DoorayProperties properties = new DoorayProperties((dir != null) ? Path.of(dir.toString()) : null, "",
				List.of("proxy.internal", "127.0.0.1:8080", ""), null, Duration.ofSeconds(2), Duration.ofSeconds(4),
				Duration.ofMillis(1100));
		return new HookDirectory(HookVariables.of(environment, properties.hookDir()), new HookPolicy(properties));
	}

}
