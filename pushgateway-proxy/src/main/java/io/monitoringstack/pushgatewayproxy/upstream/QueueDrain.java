package io.monitoringstack.pushgatewayproxy.upstream;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/**
 * Waits until Pushgateway has stored what it accepted, by one delete more than its queue
 * holds: once all of them are accepted, the first has left the queue, and whatever was in
 * front of it is stored. The deletes are for a group that nobody has.
 * <p>
 * They go through a few connections, written in one piece each without waiting for
 * answers (RFC 9112, section 9.3.2), so that a long way to Pushgateway is paid for once
 * and not a thousand times.
 */
final class QueueDrain {

	/** A constant in Pushgateway's storage/diskmetricstore.go. */
	private static final int QUEUE_CAPACITY = 1000;

	/** Some servers in between close a connection after a thousand requests. */
	private static final int CONNECTIONS = 4;

	private static final int PER_CONNECTION = QUEUE_CAPACITY / CONNECTIONS + 1;

	private static final int ACCEPTED = 202;

	private final TcpClient client;

	private final byte[] requests;

	private final Duration patience;

	QueueDrain(UpstreamProperties properties, Duration dnsMemory) {
		URI url = properties.url();
		boolean secure = "https".equalsIgnoreCase(url.getScheme());
		int port = (url.getPort() >= 0) ? url.getPort() : (secure ? 443 : 80);
		TcpClient plain = TcpClient.newConnection()
			.host(url.getHost())
			.port(port)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) properties.connectTimeout().toMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.resolver((dns) -> dns.cacheMaxTimeToLive(dnsMemory).cacheNegativeTimeToLive(Duration.ofSeconds(1)))
			.doOnConnected((connection) -> connection.addHandlerLast(new HttpResponseDecoder()));
		this.client = secure ? plain.secure() : plain;
		this.requests = requests(url, properties);
		this.patience = properties.responseTimeout();
	}

	private static byte[] requests(URI url, UpstreamProperties properties) {
		String nobody = "/metrics/job/pushgateway-proxy/drain/" + UUID.randomUUID();
		String request = "DELETE " + URI.create(properties.address(nobody)).getRawPath() + " HTTP/1.1\r\nHost: "
				+ url.getRawAuthority() + "\r\n";
		return ((request + "\r\n").repeat(PER_CONNECTION - 1) + request + "Connection: close\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Waits.
	 * @return completes when everything is stored that was accepted before; fails if that
	 * cannot be made out in time
	 */
	Mono<Void> drain() {
		return Flux.range(0, CONNECTIONS)
			.flatMap((i) -> this.client.connect().flatMap(this::sendAll))
			.then()
			.timeout(this.patience);
	}

	private Mono<Void> sendAll(Connection connection) {
		return connection.outbound()
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(this.requests)))
			.then()
			.thenMany(connection.inbound().receiveObject())
			.ofType(HttpResponse.class)
			.doOnNext((answer) -> {
				if (answer.status().code() != ACCEPTED) {
					throw new IllegalStateException("delete answered " + answer.status().code());
				}
			})
			.take(PER_CONNECTION)
			.count()
			.flatMap((count) -> (count == PER_CONNECTION) ? Mono.<Void>empty()
					: Mono.error(new IOException("only " + count + " of " + PER_CONNECTION + " deletes were answered")))
			.doFinally((signal) -> connection.dispose());
	}

}
