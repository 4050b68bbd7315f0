package io.monitoringstack.doorayadapter.store;

import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether ADAPTER_STORE asks for nothing to be shared.
 */
final class StoreIsNotShared extends StoreIsShared {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return !super.matches(context, metadata);
	}

}
