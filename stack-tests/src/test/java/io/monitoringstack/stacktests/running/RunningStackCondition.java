package io.monitoringstack.stacktests.running;

import java.io.IOException;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips where nobody has started a stack, and says so once. Whoever names the stack's
 * address expects it to be there: then nothing is skipped, and a stack that is not
 * reached makes the tests fail.
 */
final class RunningStackCondition implements ExecutionCondition {

	private static final ConditionEvaluationResult RESULT = evaluate();

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return RESULT;
	}

	private static ConditionEvaluationResult evaluate() {
		if (System.getenv("PROMETHEUS_URL") != null) {
			return ConditionEvaluationResult.enabled("PROMETHEUS_URL is set");
		}
		if (answers()) {
			return ConditionEvaluationResult.enabled("a stack runs");
		}
		String reason = "Skipped: no stack answers at %s. Start one with './monitoring up', or let './monitoring test' do it."
			.formatted(Stack.PROMETHEUS);
		Report.line(reason);
		return ConditionEvaluationResult.disabled(reason);
	}

	private static boolean answers() {
		try {
			return Http.get(Stack.PROMETHEUS, "/-/ready").statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
