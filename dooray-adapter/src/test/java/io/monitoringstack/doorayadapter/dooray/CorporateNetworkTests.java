package io.monitoringstack.doorayadapter.dooray;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Networks with an authority of their own and a proxy that asks for a password, in front
 * of a server that stands for Dooray.
 */
class CorporateNetworkTests {

	private static final String DOORAY = "hook.dooray.example";

	@TempDir
	static Path folder;

	private static TestAuthority authority;

	private static HttpsServer server;

	@BeforeAll
	static void start() throws Exception {
		authority = new TestAuthority(folder, "localhost", DOORAY);
		server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(authority.server()));
		server.createContext("/", (exchange) -> {
			boolean moved = exchange.getRequestURI().getPath().contains("moved");
			exchange.getRequestBody().readAllBytes();
			exchange.getResponseHeaders().set("Location", "/services/1/2/3");
			exchange.sendResponseHeaders(moved ? 302 : 200, -1);
			exchange.close();
		});
		server.start();
	}

	@AfterAll
	static void stop() {
		server.stop(0);
	}

	@Test
	void anAuthorityOfTheFileIsTrusted() throws Exception {
		assertThat(post("/services/1/2/3", authority.certificate())).isInstanceOf(Outcome.Accepted.class);
	}

	@Test
	void withoutTheFileItIsNot() throws Exception {
		Path empty = Files.writeString(folder.resolve("empty"), "\n");
		assertThat(post("/services/1/2/3", null)).isInstanceOfSatisfying(Outcome.Failed.class,
				(failed) -> assertThat(failed.reason()).isEqualTo(FailureReason.CONNECT_ERROR));
		assertThat(post("/services/1/2/3", empty)).isInstanceOf(Outcome.Failed.class);
	}

	@Test
	void noRedirectIsFollowedThere() throws Exception {
		assertThat(post("/moved", authority.certificate())).isInstanceOfSatisfying(Outcome.Failed.class,
				(failed) -> assertThat(failed.reason()).isEqualTo(FailureReason.REDIRECT));
	}

	@Test
	void aFileMayHoldSeveralWithWordsBetween() throws Exception {
		String pem = Files.readString(authority.certificate());
		Path several = Files.writeString(folder.resolve("several.pem"),
				"The proxy's\n" + pem + "\nThe old one\n" + pem);
		assertThat(post("/services/1/2/3", several)).isInstanceOf(Outcome.Accepted.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "S3CR3T", "-----BEGIN PRIVATE KEY-----\nUzNDUjNU\n-----END PRIVATE KEY-----\n",
			"-----BEGIN CERTIFICATE-----\nUzNDUjNU\n-----END CERTIFICATE-----\n" })
	void aFileWithoutCertificatesEndsTheStartWithoutShowingIt(String text) throws Exception {
		Path wrong = Files.writeString(folder.resolve("wrong.pem"), text);
		assertThatExceptionOfType(InvalidCaException.class).isThrownBy(() -> ExtraCa.of(wrong))
			.withMessageStartingWith("DOORAY_CA_FILE holds no certificate in PEM")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.sentence()).doesNotContain("S3CR3T", "UzNDUjNU"));
		assertThatExceptionOfType(InvalidCaException.class).isThrownBy(() -> ExtraCa.of(folder.resolve("none")))
			.withMessage("DOORAY_CA_FILE names a file that cannot be read.");
	}

	@Test
	void theProxyIsToldThePasswordOnTheWayToHttps() throws Exception {
		try (ConnectProxy proxy = new ConnectProxy("corp", "S3CR3T@:", server.getAddress().getPort())) {
			String output = run(proxy, "corp:S3CR3T%40%3A");
			assertThat(output).contains("status=200").doesNotContain("S3CR3T");
			assertThat(proxy.requests()).endsWith("CONNECT " + DOORAY + ":443 HTTP/1.1 200");
		}
	}

	@Test
	void aWrongPasswordIsNotShown() throws Exception {
		try (ConnectProxy proxy = new ConnectProxy("corp", "other", server.getAddress().getPort())) {
			assertThat(run(proxy, "corp:S3CR3T")).doesNotContain("status=200", "S3CR3T");
			assertThat(proxy.requests()).isNotEmpty().allMatch((request) -> request.endsWith(" 407"));
		}
	}

	private static String run(ConnectProxy proxy, String user) throws IOException, InterruptedException {
		ProcessBuilder program = new ProcessBuilder(
				List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx64m", "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), ClientProgram.class.getName(),
						"https://" + DOORAY + "/services/1/2/3", authority.certificate().toString()))
			.redirectErrorStream(true);
		program.environment().keySet().removeIf((name) -> name.matches("(?i).*_proxy|java_tool.*|jdk_java.*"));
		program.environment().put("DOORAY_PROXY", "http://%s@127.0.0.1:%d".formatted(user, proxy.port()));
		Process process = program.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return output;
	}

	private static Outcome post(String path, @Nullable Path caFile) throws InterruptedException {
		DoorayProperties properties = new DoorayProperties(null, "", List.of(), caFile, Duration.ofSeconds(30),
				Duration.ofSeconds(30), Duration.ZERO);
		HttpClient http = new DoorayConfiguration().httpClient(new StandardEnvironment(), properties);
		DoorayClient client = new DoorayClient(http, new DoorayAnswer(Clock.systemUTC()),
				new DeliveryTracing(OpenTelemetry.noop()));
		URI url = URI.create("https://localhost:" + server.getAddress().getPort() + path);
		byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
		return client.post(new DoorayClient.Post(new Hook("default", "default", Hook.Role.REGULAR, url), json, 1),
				Duration.ofSeconds(30));
	}

}
