package io.monitoringstack.doorayadapter.webhook;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the way in together.
 */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

	@Bean
	WebhookAuthentication webhookAuthentication(WebhookProperties properties, WebhookMetrics metrics) {
		return new WebhookAuthentication(new WebhookToken(properties), metrics);
	}

}
