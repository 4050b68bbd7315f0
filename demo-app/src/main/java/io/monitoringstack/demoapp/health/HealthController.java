package io.monitoringstack.demoapp.health;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Health in the form that the probes of this stack read. 200 when healthy, else 503.
 * Liveness never looks at the database: a restart would not bring that back.
 */
@RestController
final class HealthController {

	private final DatabaseProbe database;

	private final ApplicationAvailability availability;

	private final Clock clock;

	HealthController(DatabaseProbe database, ApplicationAvailability availability, Clock clock) {
		this.database = database;
		this.availability = availability;
		this.clock = clock;
	}

	@GetMapping({ "/health", "/health/" })
	ResponseEntity<HealthReport> health() {
		Map<String, Check> checks = new LinkedHashMap<>();
		checks.put("database", this.database.check());
		checks.put("application", alive());
		return answer(checks);
	}

	@GetMapping({ "/health/ready", "/health/ready/" })
	ResponseEntity<HealthReport> ready() {
		Map<String, Check> checks = new LinkedHashMap<>();
		checks.put("database", this.database.check());
		checks.put("application", accepting());
		return answer(checks);
	}

	@GetMapping({ "/health/live", "/health/live/" })
	ResponseEntity<HealthReport> live() {
		return answer(Map.of("application", alive()));
	}

	private Check alive() {
		return (this.availability.getLivenessState() == LivenessState.CORRECT) ? Check.healthy("Application is running")
				: Check.unhealthy("Application cannot go on");
	}

	private Check accepting() {
		return (this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC)
				? Check.healthy("Application is running") : Check.unhealthy("Application takes no requests");
	}

	private ResponseEntity<HealthReport> answer(Map<String, Check> checks) {
		HealthReport report = HealthReport.of(this.clock.instant(), checks);
		return ResponseEntity.status(report.healthy() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
			.cacheControl(CacheControl.noStore())
			.body(report);
	}

}
