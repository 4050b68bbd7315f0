package io.monitoringstack.demoapp.memo.cache;

import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether nobody said where Redis is.
 */
final class RedisIsNotConfigured extends RedisIsConfigured {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return !super.matches(context, metadata);
	}

}
