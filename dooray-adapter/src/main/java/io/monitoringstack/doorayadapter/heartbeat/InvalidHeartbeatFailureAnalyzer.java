package io.monitoringstack.doorayadapter.heartbeat;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Ends a start with one sentence instead of a stack trace.
 */
final class InvalidHeartbeatFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHeartbeatException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHeartbeatException cause) {
		return new FailureAnalysis(cause.sentence(),
				"It is the address that the service watching for heartbeats gave you, such as https://watcher.example.com/<id>.",
				cause);
	}

}
