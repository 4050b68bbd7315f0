package io.monitoringstack.doorayadapter.message;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The operator's templates at this moment.
 */
public interface MessageTemplates {

	/** No templates. */
	MessageTemplates NONE = new MessageTemplates() {

		@Override
		public @Nullable MessageTemplate of(String channel) {
			return null;
		}

		@Override
		public Collection<String> channels() {
			return List.of();
		}

		@Override
		public List<String> problems() {
			return List.of();
		}

	};

	/**
	 * Chooses the template of a channel for one message.
	 * @param channel channel of those who read it
	 * @return the template, {@code null} for the built-in texts
	 */
	@Nullable MessageTemplate of(String channel);

	/**
	 * Tells which channels have one.
	 * @return their names
	 */
	Collection<String> channels();

	/**
	 * Tells what is wrong with them.
	 * @return a sentence for each that cannot be used, with the line
	 */
	List<String> problems();

}
