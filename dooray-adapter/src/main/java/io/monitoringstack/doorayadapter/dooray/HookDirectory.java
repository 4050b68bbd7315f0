package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Hooks;
import io.monitoringstack.doorayadapter.routing.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the hook of each channel, and which other one stands in where there is none.
 * Reads files again while it runs; a file that turned bad does not replace the last good
 * hook.
 */
final class HookDirectory implements Hooks {

	private static final Logger logger = LoggerFactory.getLogger(HookDirectory.class);

	private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();

	/** Who stands in, best first: what is read by most, then what is read soonest. */
	private static final List<String> STAND_INS = List.of(Channel.DEFAULT, Channel.CRITICAL, Channel.WARNING,
			Channel.INFO);

	private final HookVariables variables;

	private final HookPolicy policy;

	private final ReentrantLock refreshing = new ReentrantLock();

	private volatile Map<String, HookUrls> hooks;

	private volatile long readAt = System.nanoTime();

	private volatile String problem = "";

	HookDirectory(HookVariables variables, HookPolicy policy) {
		this.variables = variables;
		this.policy = policy;
		Map<String, HookUrls> read = new TreeMap<>();
		variables.read().forEach((source, text) -> read.put(source.channel(), policy.hooks(source.name(), text)));
		this.hooks = Collections.unmodifiableMap(read);
		logger.info("Channels with a hook of their own: {}, with the old one too: {}", read.keySet(), rotated(read));
	}

	@Override
	public Set<String> channels() {
		return current().keySet();
	}

	@Override
	public Hook hookFor(String channel) {
		Map<String, HookUrls> current = current();
		HookUrls own = current.get(channel);
		if (own != null) {
			return new Hook(channel, channel, Hook.Role.REGULAR, own.current(), own.previous());
		}
		Map<String, HookUrls> real = realHooks(current);
		if (real.isEmpty()) {
			return new Hook(channel, channel, Hook.Role.SIMULATOR, this.policy.simulator(channel));
		}
		Map.Entry<String, HookUrls> standIn = standIn(real);
		boolean servesAll = standIn.getKey().equals(Channel.DEFAULT)
				|| real.values().stream().map(HookUrls::current).distinct().count() == 1;
		Hook.Role role = servesAll ? Hook.Role.REGULAR : Hook.Role.SUBSTITUTE;
		return new Hook(channel, standIn.getKey(), role, standIn.getValue().current(), standIn.getValue().previous());
	}

	@Override
	public Optional<Hook> substituteFor(Hook broken) {
		if (broken.channel().equals(Channel.SELFTEST) || this.policy.isSimulator(broken.url())) {
			return Optional.empty();
		}
		Map<String, HookUrls> others = realHooks(current());
		others.values().removeIf((urls) -> urls.current().equals(broken.url()));
		if (others.isEmpty()) {
			return Optional.empty();
		}
		Map.Entry<String, HookUrls> standIn = standIn(others);
		return Optional.of(new Hook(broken.channel(), standIn.getKey(), Hook.Role.SUBSTITUTE,
				standIn.getValue().current(), standIn.getValue().previous()));
	}

	// Hooks that people read. One that points to the simulator, or the self-test's, must
	// never be taken for the one hook that serves all: real alerts would vanish in it.
	private Map<String, HookUrls> realHooks(Map<String, HookUrls> current) {
		return current.entrySet()
			.stream()
			.filter((hook) -> !hook.getKey().equals(Channel.SELFTEST)
					&& !this.policy.isSimulator(hook.getValue().current()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
	}

	private static Map.Entry<String, HookUrls> standIn(Map<String, HookUrls> real) {
		return real.entrySet().stream().min(Comparator.comparingInt((hook) -> rank(hook.getKey()))).orElseThrow();
	}

	private static int rank(String channel) {
		int rank = STAND_INS.indexOf(channel);
		return (rank >= 0) ? rank : STAND_INS.size();
	}

	private Map<String, HookUrls> current() {
		if (System.nanoTime() - this.readAt > REFRESH_NANOS && this.refreshing.tryLock()) {
			try {
				refresh();
				this.readAt = System.nanoTime();
			}
			finally {
				this.refreshing.unlock();
			}
		}
		return this.hooks;
	}

	private void refresh() {
		Map<String, HookUrls> before = this.hooks;
		Map<String, HookUrls> read = new TreeMap<>();
		StringBuilder problems = new StringBuilder();
		Map<HookVariables.Source, String> texts = new LinkedHashMap<>();
		try {
			texts.putAll(this.variables.read());
		}
		catch (InvalidHookException ex) {
			problems.append(ex.sentence());
			read.putAll(before);
		}
		texts.forEach((source, text) -> {
			try {
				read.put(source.channel(), this.policy.hooks(source.name(), text));
			}
			catch (InvalidHookException ex) {
				problems.append(ex.sentence());
				if (before.containsKey(source.channel())) {
					read.put(source.channel(), before.get(source.channel()));
				}
			}
		});
		report(problems.toString());
		if (!read.equals(before)) {
			logger.info("Hooks were read again, channels: {}, with the old one too: {}", read.keySet(), rotated(read));
			this.hooks = Collections.unmodifiableMap(read);
		}
	}

	private static List<String> rotated(Map<String, HookUrls> hooks) {
		return hooks.entrySet()
			.stream()
			.filter((hook) -> hook.getValue().previous() != null)
			.map(Map.Entry::getKey)
			.toList();
	}

	private void report(String problems) {
		if (!problems.isEmpty() && !problems.equals(this.problem)) {
			logger.error("The last good hooks stay in use: {}", problems);
		}
		this.problem = problems;
	}

}
