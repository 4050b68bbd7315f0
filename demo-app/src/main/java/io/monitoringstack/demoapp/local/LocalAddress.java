package io.monitoringstack.demoapp.local;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Where this process answers. Known once the server has started, because the port may
 * have been chosen by the system.
 */
@Component
public class LocalAddress {

	private final Environment environment;

	LocalAddress(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Returns the loopback address of this service.
	 * @return for example {@code http://127.0.0.1:8000}
	 */
	public String url() {
		return "http://127.0.0.1:" + this.environment.getRequiredProperty("local.server.port");
	}

}
