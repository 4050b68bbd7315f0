package io.monitoringstack.doorayadapter.webhook;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Puts the way in together.
 */
@Profile("!watcher")
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

	@Bean
	WebhookAuthentication webhookAuthentication(WebhookProperties properties, WebhookMetrics metrics) {
		return new WebhookAuthentication(new WebhookToken(properties), metrics);
	}

	@Bean
	AddressFilter addressFilter(WebhookProperties properties, WebhookMetrics metrics) {
		return new AddressFilter(AllowedAddresses.of(properties.allowedAddresses()), metrics);
	}

	@Bean
	WebhookReader webhookReader(WebhookProperties properties) {
		return new WebhookReader(properties);
	}

}
