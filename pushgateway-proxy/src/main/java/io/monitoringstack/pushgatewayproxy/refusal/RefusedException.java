package io.monitoringstack.pushgatewayproxy.refusal;

/**
 * Carries a {@link Refusal} to the one place that answers it. It has no stack trace: it
 * tells about the request, not about this program.
 */
public final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Refusal refusal;

	public RefusedException(Refusal refusal) {
		super(refusal.text(), null, false, false);
		this.refusal = refusal;
	}

	public Refusal refusal() {
		return this.refusal;
	}

}
