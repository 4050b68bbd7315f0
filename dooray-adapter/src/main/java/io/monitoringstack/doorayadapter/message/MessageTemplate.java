package io.monitoringstack.doorayadapter.message;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Texts of the operator's own for one message.
 */
public interface MessageTemplate {

	/**
	 * Writes a part of the message.
	 * @param part which one
	 * @param model what there is to tell: texts, numbers, booleans, and lists and maps of
	 * these
	 * @return the text, not yet safe; {@code null} when the built-in text is wanted
	 * @throws TemplateException if it cannot be written
	 */
	@Nullable String render(Part part, Map<String, Object> model);

	/**
	 * What a template may write.
	 */
	enum Part {

		/** The first line, which a push notice shows. */
		HEADLINE,

		/** The title of each alert. */
		TITLE,

		/** What stands below it. */
		BODY

	}

}
