package io.monitoringstack.doorayadapter.dooray;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate authority as a company makes itself, and a server's certificate of it.
 * Made anew by the JDK's keytool, so that no key lies in the repository.
 */
final class TestAuthority {

	private static final String PASSWORD = "changeit";

	private final Path folder;

	TestAuthority(Path folder, String... names) throws IOException, InterruptedException {
		this.folder = folder;
		List<String> san = new ArrayList<>();
		for (String name : names) {
			san.add("dns:" + name);
		}
		String alternatives = "san=" + String.join(",", san);
		keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Corporate Test CA", "-ext", "bc:c",
				"-validity", "3650", "-keystore", path("ca.p12"));
		keytool("-exportcert", "-alias", "ca", "-rfc", "-file", path("ca.pem"), "-keystore", path("ca.p12"));
		keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=server", "-keystore",
				path("server.p12"));
		keytool("-certreq", "-alias", "server", "-file", path("server.csr"), "-keystore", path("server.p12"));
		keytool("-gencert", "-alias", "ca", "-rfc", "-ext", alternatives, "-infile", path("server.csr"), "-outfile",
				path("server.pem"), "-validity", "3650", "-keystore", path("ca.p12"));
		keytool("-importcert", "-alias", "ca", "-noprompt", "-file", path("ca.pem"), "-keystore", path("server.p12"));
		keytool("-importcert", "-alias", "server", "-noprompt", "-file", path("server.pem"), "-keystore",
				path("server.p12"));
	}

	// Returns the file that clients are to trust.
	Path certificate() {
		return this.folder.resolve("ca.pem");
	}

	SSLContext server() throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.folder.resolve("server.p12"))) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(keys, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(factory.getKeyManagers(), null, null);
		return context;
	}

	private String path(String file) {
		return this.folder.resolve(file).toString();
	}

	private static void keytool(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-storepass", PASSWORD,
						"-storetype", "PKCS12"));
		command.addAll(List.of(arguments));
		// -storepass and -storetype have to follow the command's name.
		command.add(1, command.remove(5));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

}
