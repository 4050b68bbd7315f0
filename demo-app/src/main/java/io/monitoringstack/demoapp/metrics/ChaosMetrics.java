package io.monitoringstack.demoapp.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;
import io.monitoringstack.demoapp.chaos.ChaosSwitches;

import org.springframework.stereotype.Component;

/**
 * {@code demo_chaos_active} by switch, so that a dashboard can show why it looks bad.
 */
@Component
final class ChaosMetrics implements MeterBinder {

	private final ChaosSwitches switches;

	ChaosMetrics(ChaosSwitches switches) {
		this.switches = switches;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (ChaosSwitch chaosSwitch : ChaosSwitch.values()) {
			Gauge.builder("demo.chaos.active", this.switches, (all) -> all.active(chaosSwitch).isPresent() ? 1 : 0)
				.description("1 while a chaos switch is on")
				.tag("switch", chaosSwitch.key())
				.register(registry);
		}
	}

}
