package io.monitoringstack.pushgatewayproxy.push;

/**
 * Who finds out whether a push contradicts what others pushed.
 */
public enum PushCheck {

	/** Pushgateway, by gathering everything it holds. */
	UPSTREAM,

	/** The proxy, by its index. Nobody else may write to Pushgateway. */
	EDGE

}
