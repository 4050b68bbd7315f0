package io.monitoringstack.doorayadapter.dooray;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Ends a start with one sentence instead of a stack trace.
 */
final class InvalidHookFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHookException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHookException cause) {
		return new FailureAnalysis(cause.sentence(),
				"A hook looks like https://hook.dooray.com/services/<organisation>/<hook>/<token>. "
						+ "Hosts other than Dooray's have to be listed in DOORAY_ALLOWED_HOSTS.",
				cause);
	}

}
