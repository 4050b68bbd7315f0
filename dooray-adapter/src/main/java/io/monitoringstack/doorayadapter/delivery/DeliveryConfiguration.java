package io.monitoringstack.doorayadapter.delivery;

import java.time.Clock;

import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessagePacker;
import io.monitoringstack.doorayadapter.message.TestMessages;
import io.monitoringstack.doorayadapter.message.WatchMessages;
import io.monitoringstack.doorayadapter.routing.ChannelRouter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives the pure parts their settings.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	MessageFormatter messageFormatter(NotifyProperties notify, LinkProperties links) {
		return new MessageFormatter(notify.settings(), links.urls());
	}

	@Bean
	MessagePacker messagePacker(NotifyProperties notify) {
		return new MessagePacker(notify.settings());
	}

	@Bean
	WatchMessages watchMessages(NotifyProperties notify, LinkProperties links) {
		return new WatchMessages(notify.settings(), links.urls());
	}

	@Bean
	TestMessages testMessages(NotifyProperties notify) {
		return new TestMessages(notify.settings());
	}

	@Bean
	ChannelRouter channelRouter(RoutingProperties routing, Hooks hooks) {
		return new ChannelRouter(routing.routeLabels(), routing.unknownSeverityChannel(),
				(channel) -> hooks.channels().contains(channel));
	}

}
