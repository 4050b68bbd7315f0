package io.monitoringstack.doorayadapter.delivery;

import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What messages look like.
 *
 * @param language language of the fixed texts
 * @param zone time zone of all times shown
 * @param botName sender shown by Dooray
 * @param noiseLabels comma-separated list of labels that are not shown
 * @param maxTextLength characters of one text
 * @param maxAttachments number of attachments of one message
 * @param maxMessageSize size of one message as JSON
 * @param maxResolvedCards number of resolved alerts up to which each has its own
 * attachment
 */
@Validated
@ConfigurationProperties("notify")
record NotifyProperties(@DefaultValue("ko") Language language, @DefaultValue(NotifyProperties.SEOUL) String zone,
		@DefaultValue(NotifyProperties.BOT_NAME) String botName,
		@DefaultValue(NotifyProperties.NOISE) Set<String> noiseLabels,
		@DefaultValue("2000") @Min(200) int maxTextLength, @DefaultValue("15") @Min(3) @Max(100) int maxAttachments,
		@DefaultValue("8KB") DataSize maxMessageSize, @DefaultValue("5") @Min(0) int maxResolvedCards) {

	static final String SEOUL = "Asia/Seoul";

	static final String BOT_NAME = "Alertmanager";

	static final String NOISE = "job,prometheus,prometheus_replica,replica,monitor,endpoint,container_id,"
			+ "pod_template_hash,controller_revision_hash,uid,id,image,grafana_folder,datasource_uid";

	/** Empty variables count as unset. */
	NotifyProperties {
		zone = zone.isBlank() ? SEOUL : zone.strip();
		botName = botName.isBlank() ? BOT_NAME : botName.strip();
		noiseLabels = noiseLabels.stream()
			.flatMap((labels) -> Stream.of(labels.split(",")))
			.map(String::strip)
			.collect(Collectors.toUnmodifiableSet());
	}

	MessageSettings settings(Language language) {
		return new MessageSettings(language, ZoneId.of(this.zone), this.botName, this.noiseLabels,
				new MessageSettings.Limits(this.maxTextLength, this.maxAttachments,
						Math.toIntExact(this.maxMessageSize.toBytes()), this.maxResolvedCards));
	}

}
