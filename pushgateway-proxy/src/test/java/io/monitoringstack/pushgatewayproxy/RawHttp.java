package io.monitoringstack.pushgatewayproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * HTTP over a plain socket, for what clients hide or refuse to send.
 */
final class RawHttp implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	RawHttp(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(15_000);
		this.in = this.socket.getInputStream();
		this.out = this.socket.getOutputStream();
	}

	static Answer exchange(int port, String head, byte[] body) throws IOException {
		try (RawHttp http = new RawHttp(port)) {
			http.send(head.replace("\n", "\r\n") + "\r\n");
			http.send(body);
			return http.read();
		}
	}

	static Answer exchange(int port, String head) throws IOException {
		return exchange(port, head, new byte[0]);
	}

	void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	void send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	void sendChunk(byte[] bytes) throws IOException {
		send(Integer.toHexString(bytes.length) + "\r\n");
		send(bytes);
		send("\r\n");
	}

	Answer read() throws IOException {
		return read(true);
	}

	Answer read(boolean hasBody) throws IOException {
		String status = line();
		Map<String, String> headers = new TreeMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		int code = Integer.parseInt(status.split(" ")[1]);
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		if (headers.containsKey("content-length") && hasBody) {
			body.writeBytes(this.in.readNBytes(Integer.parseInt(headers.get("content-length"))));
		}
		else if ("chunked".equals(headers.get("transfer-encoding")) && hasBody) {
			for (int size = chunkSize(); size > 0; size = chunkSize()) {
				body.writeBytes(this.in.readNBytes(size));
				line();
			}
			line();
		}
		return new Answer(code, headers, body.toString(StandardCharsets.UTF_8));
	}

	boolean isClosedByPeer() throws IOException {
		return this.in.read() < 0;
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(line(), 16);
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = this.in.read(); b != '\n'; b = this.in.read()) {
			if (b < 0) {
				throw new IOException("connection closed after: " + line);
			}
			if (b != '\r') {
				line.write(b);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	record Answer(int status, Map<String, String> headers, String body) {

	}

}
