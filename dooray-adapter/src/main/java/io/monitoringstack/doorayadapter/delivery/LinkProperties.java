package io.monitoringstack.doorayadapter.delivery;

import java.net.URI;

import io.monitoringstack.doorayadapter.message.PublicUrls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where people reach the tools that messages link to.
 *
 * @param alertmanagerUrl address of Alertmanager
 * @param prometheusUrl address of Prometheus
 * @param grafanaUrl address of Grafana
 * @param runbookBaseUrl folder that relative runbook paths start from
 * @param grafanaLogs uid of Grafana's data source for Loki, empty when there is none
 */
@ConfigurationProperties("links")
record LinkProperties(@Nullable URI alertmanagerUrl, @Nullable URI prometheusUrl, @Nullable URI grafanaUrl,
		@Nullable URI runbookBaseUrl, @DefaultValue("") String grafanaLogs) {

	LinkProperties {
		check("ALERTMANAGER_EXTERNAL_URL", alertmanagerUrl);
		check("PROMETHEUS_EXTERNAL_URL", prometheusUrl);
		check("GRAFANA_EXTERNAL_URL", grafanaUrl);
		check("RUNBOOK_BASE_URL", runbookBaseUrl);
		grafanaLogs = grafanaLogs.strip();
		if (!grafanaLogs.matches("[A-Za-z0-9_-]{0,64}")) {
			throw new IllegalArgumentException(
					"GRAFANA_LOGS_DATASOURCE has to be the uid of a data source, as in the address of its page");
		}
	}

	private static void check(String variable, @Nullable URI url) {
		boolean web = url == null || (url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?"));
		if (!web) {
			throw new IllegalArgumentException(variable + " has to be an http or https URL");
		}
	}

	PublicUrls urls() {
		return new PublicUrls(this.alertmanagerUrl, this.prometheusUrl, this.grafanaUrl, this.runbookBaseUrl,
				this.grafanaLogs);
	}

}
