package io.monitoringstack.doorayadapter.dooray;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A company's proxy that asks for a password. Whatever host it is asked for, it leads to
 * one port of this machine.
 */
final class ConnectProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final String expected;

	private final int target;

	ConnectProxy(String user, String password, int target) throws IOException {
		this.expected = "Basic "
				+ Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
		this.target = target;
		start(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	// Returns what it was asked for, with the status it answered.
	List<String> requests() {
		return this.requests;
	}

	private void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket client = this.server.accept();
			start(() -> serve(client));
		}
	}

	private void serve(Socket client) throws IOException {
		try (client) {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
			String request = reader.readLine();
			String given = "";
			for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
				given = line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:")
						? line.substring("proxy-authorization:".length()).strip() : given;
			}
			boolean known = given.equals(this.expected);
			this.requests.add(request + " " + (known ? 200 : 407));
			OutputStream out = client.getOutputStream();
			if (!known) {
				out.write(("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"\r\n"
						+ "Content-Length: 0\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
				return;
			}
			try (Socket target = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
				out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
				start(() -> pass(target.getInputStream(), out));
				pass(client.getInputStream(), target.getOutputStream());
			}
		}
	}

	private static void pass(InputStream from, OutputStream to) throws IOException {
		from.transferTo(to);
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One side hung up.
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/**
	 * What a thread does.
	 */
	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

}
