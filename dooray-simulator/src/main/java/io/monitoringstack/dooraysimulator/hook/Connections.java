package io.monitoringstack.dooraysimulator.hook;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Finds the connection of a request.
 */
@Component
class Connections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private volatile @Nullable ResettableProtocol protocol;

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.setProtocol(ResettableProtocol.class.getName());
		factory.addConnectorCustomizers(
				(connector) -> this.protocol = (ResettableProtocol) connector.getProtocolHandler());
	}

	Connection of(HttpServletRequest request) {
		ResettableProtocol tomcat = this.protocol;
		if (tomcat == null) {
			throw new IllegalStateException("The web server has not started");
		}
		return tomcat.channel(request.getRemoteAddr(), request.getRemotePort())
			.map(Connection::new)
			.orElseThrow(() -> new IllegalStateException("The request has no connection"));
	}

}
