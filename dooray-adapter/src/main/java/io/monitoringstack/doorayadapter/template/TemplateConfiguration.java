package io.monitoringstack.doorayadapter.template;

import java.nio.file.Path;

import io.monitoringstack.doorayadapter.message.MessageTemplates;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Looks for templates where there are to be some.
 */
@Profile("!watcher")
@Configuration(proxyBeanMethods = false)
class TemplateConfiguration {

	@Bean
	MessageTemplates messageTemplates(@Value("${NOTIFY_TEMPLATE_DIR:}") String folder) {
		return folder.isBlank() ? MessageTemplates.NONE : new TemplateFolder(Path.of(folder.strip()), System::nanoTime);
	}

}
