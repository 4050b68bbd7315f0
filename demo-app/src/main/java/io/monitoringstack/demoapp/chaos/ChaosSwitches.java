package io.monitoringstack.demoapp.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Knows which switches are on, and ends each when its time is up. Who asks whether a
 * switch is on gets the answer of the clock, so a late timer makes no switch last longer.
 */
@Component
public class ChaosSwitches implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ChaosSwitches.class);

	private final Map<ChaosSwitch, ChaosRun> runs = new ConcurrentHashMap<>();

	private final Map<ChaosSwitch, ChaosEffect> effects = new EnumMap<>(ChaosSwitch.class);

	private final ChaosProperties properties;

	private final Clock clock;

	private final ScheduledThreadPoolExecutor timer;

	ChaosSwitches(List<ChaosEffect> effects, ChaosProperties properties, Clock clock) {
		effects.forEach((effect) -> this.effects.put(effect.chaosSwitch(), effect));
		this.properties = properties;
		this.clock = clock;
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "chaos-timer");
			thread.setDaemon(true);
			return thread;
		});
		this.timer.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Switches something on, or on anew with other parameters.
	 * @param chaosSwitch the switch
	 * @param asked parameters by name, all optional
	 * @return how the switch stands now
	 * @throws InvalidChaosException when a parameter is wrong
	 */
	public synchronized ChaosStatus start(ChaosSwitch chaosSwitch, Map<String, String> asked) {
		ChaosOrder order = ChaosOrder.of(chaosSwitch, asked, this.properties);
		end(chaosSwitch, "replaced");
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		ChaosRun run = new ChaosRun(order.parameters(), now, now.plus(order.duration()));
		this.runs.put(chaosSwitch, run);
		ChaosEffect effect = this.effects.get(chaosSwitch);
		if (effect != null) {
			effect.start(run);
		}
		this.timer.schedule(() -> expire(chaosSwitch, run), order.duration().toMillis(), TimeUnit.MILLISECONDS);
		logger.atWarn()
			.addKeyValue("switch", chaosSwitch.key())
			.addKeyValue("parameters", order.parameters())
			.addKeyValue("until", run.until())
			.log("Chaos switched on");
		return status(chaosSwitch);
	}

	/**
	 * Switches something off. Nothing happens when it is off already.
	 * @param chaosSwitch the switch
	 * @return how the switch stands now
	 */
	public synchronized ChaosStatus stop(ChaosSwitch chaosSwitch) {
		end(chaosSwitch, "asked");
		return status(chaosSwitch);
	}

	/**
	 * Returns what is in force for a switch.
	 * @param chaosSwitch the switch
	 * @return its run, or nothing when it is off
	 */
	public Optional<ChaosRun> active(ChaosSwitch chaosSwitch) {
		return Optional.ofNullable(this.runs.get(chaosSwitch))
			.filter((run) -> this.clock.instant().isBefore(run.until()));
	}

	public List<ChaosStatus> status() {
		return Arrays.stream(ChaosSwitch.values()).map(this::status).toList();
	}

	private ChaosStatus status(ChaosSwitch chaosSwitch) {
		return active(chaosSwitch).map((run) -> running(chaosSwitch, run)).orElseGet(() -> off(chaosSwitch));
	}

	private ChaosStatus running(ChaosSwitch chaosSwitch, ChaosRun run) {
		ChaosEffect effect = this.effects.get(chaosSwitch);
		return new ChaosStatus(chaosSwitch.key(), true, run.since(), run.until(), remaining(run), run.parameters(),
				(effect != null) ? effect.figures() : Map.of(), chaosSwitch.alert(), chaosSwitch.parameters());
	}

	private static ChaosStatus off(ChaosSwitch chaosSwitch) {
		return new ChaosStatus(chaosSwitch.key(), false, null, null, 0, Map.of(), Map.of(), chaosSwitch.alert(),
				chaosSwitch.parameters());
	}

	// Rounded up: a switch that is on has at least a second left.
	private long remaining(ChaosRun run) {
		return Duration.between(this.clock.instant(), run.until()).plusMillis(999).toSeconds();
	}

	private synchronized void expire(ChaosSwitch chaosSwitch, ChaosRun run) {
		if (this.runs.get(chaosSwitch) == run) {
			end(chaosSwitch, "time is up");
		}
	}

	private void end(ChaosSwitch chaosSwitch, String reason) {
		if (this.runs.remove(chaosSwitch) == null) {
			return;
		}
		ChaosEffect effect = this.effects.get(chaosSwitch);
		if (effect != null) {
			effect.stop();
		}
		logger.atInfo()
			.addKeyValue("switch", chaosSwitch.key())
			.addKeyValue("reason", reason)
			.log("Chaos switched off");
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
		for (ChaosSwitch chaosSwitch : ChaosSwitch.values()) {
			stop(chaosSwitch);
		}
	}

}
