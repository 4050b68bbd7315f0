package io.monitoringstack.demoapp.chaos.web;

import java.util.concurrent.ThreadLocalRandom;

import io.monitoringstack.demoapp.chaos.ChaosFailureException;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;
import io.monitoringstack.demoapp.chaos.ChaosSwitches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Delays and fails API requests while the switches say so. Health, metrics and the
 * switches themselves are not under {@code /api} and stay as they are.
 */
@Component
final class ChaosInterceptor implements HandlerInterceptor, WebMvcConfigurer {

	private final ChaosSwitches switches;

	ChaosInterceptor(ChaosSwitches switches) {
		this.switches = switches;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns("/api/**");
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws InterruptedException {
		var latency = this.switches.active(ChaosSwitch.LATENCY);
		if (latency.isPresent()) {
			Thread.sleep((long) latency.get().parameter("millis"));
		}
		var errors = this.switches.active(ChaosSwitch.ERRORS);
		if (errors.isPresent() && ThreadLocalRandom.current().nextDouble() < errors.get().parameter("rate")) {
			throw new ChaosFailureException();
		}
		return true;
	}

}
