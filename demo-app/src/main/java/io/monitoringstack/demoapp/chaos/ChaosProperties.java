package io.monitoringstack.demoapp.chaos;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the chaos switches.
 *
 * @param defaultDuration time after which a switch ends by itself
 * @param maxDuration longest time that can be asked for
 */
@ConfigurationProperties("demo.chaos")
public record ChaosProperties(@DefaultValue("10m") Duration defaultDuration, @DefaultValue("1h") Duration maxDuration) {

}
