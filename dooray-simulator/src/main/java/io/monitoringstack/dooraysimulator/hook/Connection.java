package io.monitoringstack.dooraysimulator.hook;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket on which a request came.
 */
final class Connection {

	private static final Logger logger = LoggerFactory.getLogger(Connection.class);

	private final SocketChannel channel;

	Connection(SocketChannel channel) {
		this.channel = channel;
	}

	/**
	 * End the connection so that the caller sees a TCP reset and no answer.
	 */
	void reset() {
		try {
			// Without lingering the kernel sends RST in place of FIN.
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			this.channel.close();
		}
		catch (IOException ex) {
			logger.debug("Connection was already closed", ex);
		}
	}

	// Takes bytes off the socket, so only for connections that will not be used for
	// another
	// request.
	boolean isAbandoned() {
		try {
			return this.channel.read(ByteBuffer.allocate(1)) < 0;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
