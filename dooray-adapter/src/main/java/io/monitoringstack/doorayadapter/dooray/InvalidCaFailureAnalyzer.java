package io.monitoringstack.doorayadapter.dooray;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Ends a start with one sentence instead of a stack trace.
 */
final class InvalidCaFailureAnalyzer extends AbstractFailureAnalyzer<InvalidCaException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidCaException cause) {
		return new FailureAnalysis(cause.sentence(),
				"Ask whoever runs the proxy for the certificate of its authority, in PEM; the key is not needed.",
				cause);
	}

}
