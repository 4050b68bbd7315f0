package io.monitoringstack.dooraysimulator.hook;

import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP/1.1 over NIO, opened just enough to reach the socket of a request: a
 * servlet can neither reset its connection nor see that the caller has left. Public with
 * a public constructor because Tomcat creates it by name.
 */
public final class ResettableProtocol extends Http11NioProtocol {

	// A connection that is being closed has no channel any more.
	Optional<SocketChannel> channel(String remoteAddress, int remotePort) {
		return getEndpoint().getConnections()
			.stream()
			.filter((wrapper) -> wrapper.getRemotePort() == remotePort && remoteAddress.equals(wrapper.getRemoteAddr()))
			.map(SocketWrapperBase::getSocket)
			.map(NioChannel::getIOChannel)
			.filter(Objects::nonNull)
			.findFirst();
	}

}
