package io.monitoringstack.doorayadapter.delivery;

import java.time.Clock;

import io.monitoringstack.doorayadapter.message.DigestMessages;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessagePacker;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.TestMessages;
import io.monitoringstack.doorayadapter.message.WatchMessages;
import io.monitoringstack.doorayadapter.routing.ChannelRouter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

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
	MessageSettings messageSettings(NotifyProperties notify) {
		return notify.settings(notify.language());
	}

	@Bean
	ChannelLanguages channelLanguages(ConfigurableEnvironment environment, NotifyProperties notify) {
		return ChannelLanguages.of(environment, notify.language());
	}

	@Bean
	PerLanguage<MessageFormatter> messageFormatters(ChannelLanguages languages, NotifyProperties notify,
			LinkProperties links) {
		return new PerLanguage<>(languages,
				(language) -> new MessageFormatter(notify.settings(language), links.urls()));
	}

	@Bean
	PerLanguage<MessagePacker> messagePackers(ChannelLanguages languages, NotifyProperties notify) {
		return new PerLanguage<>(languages, (language) -> new MessagePacker(notify.settings(language)));
	}

	@Bean
	PerLanguage<WatchMessages> watchMessages(ChannelLanguages languages, NotifyProperties notify,
			LinkProperties links) {
		return new PerLanguage<>(languages, (language) -> new WatchMessages(notify.settings(language), links.urls()));
	}

	@Bean
	PerLanguage<DigestMessages> digestMessages(ChannelLanguages languages, NotifyProperties notify,
			LinkProperties links) {
		return new PerLanguage<>(languages, (language) -> new DigestMessages(notify.settings(language), links.urls()));
	}

	@Bean
	PerLanguage<TestMessages> testMessages(ChannelLanguages languages, NotifyProperties notify) {
		return new PerLanguage<>(languages, (language) -> new TestMessages(notify.settings(language)));
	}

	@Bean
	ChannelRouter channelRouter(RoutingProperties routing, Hooks hooks) {
		return new ChannelRouter(routing.routeLabels(), routing.unknownSeverityChannel(),
				(channel) -> hooks.channels().contains(channel));
	}

}
