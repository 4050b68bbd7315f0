package io.monitoringstack.demoapp.chaos.effect;

import javax.sql.DataSource;

import io.monitoringstack.demoapp.chaos.ChaosSwitch;
import io.monitoringstack.demoapp.chaos.ChaosSwitches;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Puts the database switch in front of the connection pool, so that nothing else has to
 * know about it.
 */
@Component
final class DataSourceBreaker implements BeanPostProcessor {

	// Looked up at use: a post-processor is made before what it depends on could be.
	private final ObjectProvider<ChaosSwitches> switches;

	DataSourceBreaker(ObjectProvider<ChaosSwitches> switches) {
		this.switches = switches;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof DataSource dataSource) {
			return new BreakableDataSource(dataSource,
					() -> this.switches.getObject().active(ChaosSwitch.DATABASE).isPresent());
		}
		return bean;
	}

}
