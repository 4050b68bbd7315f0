package io.monitoringstack.demoapp;

import com.github.dockerjava.api.exception.DockerException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Looks for the image on this machine. It is not pulled: whether that is possible is
 * nothing a test should find out by waiting.
 */
final class NeedsImageCondition implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		String image = image(context.getRequiredTestClass()).asCanonicalNameString();
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return skip(context, "Docker is not available");
		}
		try {
			DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
			return ConditionEvaluationResult.enabled(image);
		}
		catch (DockerException ex) {
			return skip(context, "image " + image + " is not on this machine");
		}
	}

	static DockerImageName image(Class<?> test) {
		NeedsImage needed = test.getAnnotation(NeedsImage.class);
		String image = System.getenv(needed.variable());
		return DockerImageName.parse((image != null && !image.isEmpty()) ? image : needed.standard());
	}

	private static ConditionEvaluationResult skip(ExtensionContext context, String reason) {
		System.out.println("Skipped " + context.getRequiredTestClass().getSimpleName() + ": " + reason);
		return ConditionEvaluationResult.disabled(reason);
	}

}
