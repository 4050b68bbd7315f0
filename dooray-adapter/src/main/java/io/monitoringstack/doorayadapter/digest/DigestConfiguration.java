package io.monitoringstack.doorayadapter.digest;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.LocalDate;
import java.util.function.Predicate;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.delivery.Hooks;
import io.monitoringstack.doorayadapter.delivery.MessageSender;
import io.monitoringstack.doorayadapter.delivery.PerLanguage;
import io.monitoringstack.doorayadapter.duty.Duty;
import io.monitoringstack.doorayadapter.message.DigestMessages;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.privacy.PrivacyFilter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Puts the digest together.
 */
@Profile("!watcher")
@Configuration(proxyBeanMethods = false)
class DigestConfiguration {

	@Bean
	Digests digests(DigestProperties properties, HttpClient client, ToldCounts counts, Hooks hooks,
			MessageSender sender, PerLanguage<DigestMessages> messages, PrivacyFilter privacy, Clock clock) {
		return new Digests(properties.channel(), new AlertmanagerApi(client, properties.alertmanager()), counts, hooks,
				sender, messages, privacy, clock);
	}

	/**
	 * Tells digests while the service serves; a check must not.
	 */
	@Profile("!watcher & !check")
	@EnableScheduling
	@Configuration(proxyBeanMethods = false)
	static class Telling {

		@Bean
		DigestTeller digestTeller(DigestProperties properties, Digests digests, MessageSettings settings, Duty duty,
				MeterRegistry registry, Clock clock) {
			Predicate<LocalDate> days = (day) -> properties.weekdays().contains(day.getDayOfWeek())
					&& !(properties.workdaysOnly() && duty.off(day));
			return new DigestTeller(new DigestSchedule(properties.clock(), days, settings.zone()),
					new DigestFile(properties.stateDir(), clock.instant()), digests::tell, registry, clock);
		}

	}

}
