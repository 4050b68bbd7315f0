package io.monitoringstack.doorayadapter.webhook;

/**
 * A browser sends what the page of another site told it to.
 */
final class ForeignPageException extends Exception {

	private static final long serialVersionUID = 1L;

}
