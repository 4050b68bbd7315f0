package io.monitoringstack.doorayadapter.dooray;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.springframework.core.env.StandardEnvironment;

/**
 * The service's HTTP client in a program of its own: the JDK reads once for all whether a
 * password may be sent to a proxy.
 */
public final class ClientProgram {

	private ClientProgram() {
	}

	public static void main(String[] args) throws Exception {
		DoorayProperties properties = new DoorayProperties(null, "", List.of(), Path.of(args[1]),
				Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ZERO);
		HttpClient client = new DoorayConfiguration().httpClient(new StandardEnvironment(), properties);
		HttpRequest request = HttpRequest.newBuilder(URI.create(args[0]))
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		System.out.println("status=" + client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
	}

}
