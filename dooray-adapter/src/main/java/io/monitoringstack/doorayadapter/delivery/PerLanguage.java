package io.monitoringstack.doorayadapter.delivery;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

import io.monitoringstack.doorayadapter.message.Language;

/**
 * Something that writes, once for each language.
 *
 * @param <T> what writes
 */
public final class PerLanguage<T> {

	private final ChannelLanguages languages;

	private final Map<Language, T> writers = new EnumMap<>(Language.class);

	public PerLanguage(ChannelLanguages languages, Function<Language, T> writer) {
		this.languages = languages;
		for (Language language : Language.values()) {
			this.writers.put(language, writer.apply(language));
		}
	}

	/**
	 * Chooses by who reads.
	 * @param hook where the message goes
	 * @return what writes in the language of the readers
	 */
	public T of(Hook hook) {
		Language language = this.languages.of(hook.readers());
		T writer = this.writers.get(language);
		if (writer == null) {
			throw new IllegalStateException("No writer for " + language);
		}
		return writer;
	}

}
