package io.monitoringstack.doorayadapter.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.routing.Channel;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The language of each channel: its own, or that of all.
 *
 * @param ofAll language of channels without their own
 * @param own languages by channel
 */
public record ChannelLanguages(Language ofAll, Map<String, Language> own) {

	private static final String PREFIX = "NOTIFY_LANGUAGE_";

	private static final Pattern NAME = Pattern.compile(PREFIX + ".+");

	public ChannelLanguages {
		own = Map.copyOf(own);
	}

	/**
	 * Finds the variables.
	 * @param environment where they are
	 * @param ofAll language of channels without their own
	 * @return what they say
	 * @throws IllegalArgumentException if one names no language
	 */
	static ChannelLanguages of(ConfigurableEnvironment environment, Language ofAll) {
		Map<String, Language> own = new TreeMap<>();
		Variables.matching(environment, NAME)
			.forEach((variable, value) -> own.putIfAbsent(Channel.normalise(variable.substring(PREFIX.length())),
					language(variable, value)));
		return new ChannelLanguages(ofAll, own);
	}

	private static Language language(String variable, String value) {
		for (Language language : Language.values()) {
			if (language.name().equalsIgnoreCase(value)) {
				return language;
			}
		}
		throw new IllegalArgumentException(variable + " has to be ko or en");
	}

	Language of(String channel) {
		return this.own.getOrDefault(channel, this.ofAll);
	}

}
