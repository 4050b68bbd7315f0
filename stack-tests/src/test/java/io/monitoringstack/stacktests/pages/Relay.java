package io.monitoringstack.stacktests.pages;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes bytes between the browser and a service until the line is cut.
 */
final class Relay implements AutoCloseable {

	private final URI target;

	private final ServerSocket server;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private volatile boolean cut;

	Relay(String target) throws IOException {
		this.target = URI.create(target);
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	String url() {
		return "http://localhost:" + this.server.getLocalPort();
	}

	void cut() {
		this.cut = true;
		this.open.forEach(Relay::closeQuietly);
	}

	void mend() {
		this.cut = false;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket near = this.server.accept();
				if (this.cut) {
					near.close();
					continue;
				}
				Socket far = new Socket(this.target.getHost(),
						(this.target.getPort() < 0) ? 80 : this.target.getPort());
				this.open.add(near);
				this.open.add(far);
				start(() -> copy(near, far));
				start(() -> copy(far, near));
			}
			catch (IOException ex) {
				// The browser sees a closed connection, or the test is over.
			}
		}
	}

	private void copy(Socket from, Socket to) {
		try (from; to) {
			InputStream input = from.getInputStream();
			input.transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One side has left, so the other is closed as well.
		}
		finally {
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone either way.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

}
