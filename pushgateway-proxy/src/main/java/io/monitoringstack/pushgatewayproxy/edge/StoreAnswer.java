package io.monitoringstack.pushgatewayproxy.edge;

/**
 * What Pushgateway answers.
 *
 * @param status status of HTTP
 * @param contentType its Content-Type, empty if there is none
 * @param text its body
 */
public record StoreAnswer(int status, String contentType, String text) {

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

}
