package io.monitoringstack.doorayadapter.delivery;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.monitoringstack.doorayadapter.routing.Channel;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The channels a person may name: those with a hook of their own, and those that every
 * setup has.
 */
@Profile("!watcher")
@Component
public final class KnownChannels {

	private static final Set<String> ALWAYS = Set.of(Channel.DEFAULT, Channel.CRITICAL, Channel.WARNING);

	private final Hooks hooks;

	public KnownChannels(Hooks hooks) {
		this.hooks = hooks;
	}

	// Returns their names, in the order of the alphabet.
	public Set<String> names() {
		Set<String> names = new TreeSet<>(this.hooks.channels());
		names.addAll(ALWAYS);
		return names;
	}

	// Returns the hook through which each of them sends now.
	public List<Hook> hooks() {
		return names().stream().map(this.hooks::hookFor).toList();
	}

}
