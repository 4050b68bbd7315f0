package io.monitoringstack.pushgatewayproxy.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Ends a start with one sentence instead of a stack trace.
 */
final class InvalidSettingsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Mend the file and start again. Once running, a mended file is taken without a restart.", cause);
	}

}
