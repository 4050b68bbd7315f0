package io.monitoringstack.doorayadapter.store;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether ADAPTER_STORE asks for Redis.
 */
class StoreIsShared implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return "redis".equalsIgnoreCase(context.getEnvironment().getProperty(StoreConfiguration.CHOICE, "").strip());
	}

}
