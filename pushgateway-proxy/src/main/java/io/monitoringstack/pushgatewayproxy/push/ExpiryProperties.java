package io.monitoringstack.pushgatewayproxy.push;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long groups live that are not pushed to.
 *
 * @param ttl life of a group, zero for ever
 * @param ttlJobs Comma-separated list of lives by job, the first that fits counts, for
 * example {@code nightly-*=48h,base=never}
 */
@ConfigurationProperties("push")
public record ExpiryProperties(@NotNull @DefaultValue("0s") Duration ttl, @NotNull @DefaultValue("") String ttlJobs) {

}
