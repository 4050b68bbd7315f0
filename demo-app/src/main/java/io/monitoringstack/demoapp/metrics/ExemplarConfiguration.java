package io.monitoringstack.demoapp.metrics;

import io.prometheus.metrics.tracer.agent.OpenTelemetryAgentSpanContext;
import io.prometheus.metrics.tracer.common.SpanContext;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Ties metrics to traces when the OpenTelemetry agent is attached: the Prometheus client
 * asks this bean which trace a measurement belongs to and keeps it as an exemplar.
 */
@Configuration(proxyBeanMethods = false)
class ExemplarConfiguration {

	@Bean
	@Conditional(AgentIsAttached.class)
	SpanContext spanContext() {
		return new OpenTelemetryAgentSpanContext();
	}

	static final class AgentIsAttached implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return OpenTelemetryAgentSpanContext.isAvailable();
		}

	}

}
