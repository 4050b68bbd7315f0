package io.monitoringstack.demoapp.chaos.web;

import java.util.List;
import java.util.Map;

import io.monitoringstack.demoapp.chaos.ChaosStatus;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;
import io.monitoringstack.demoapp.chaos.ChaosSwitches;
import io.monitoringstack.demoapp.chaos.UnknownSwitchException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches chaos on and off. Parameters come in the query, as a form or as a JSON object.
 */
@RestController
@RequestMapping("/chaos")
final class ChaosController {

	private final ChaosSwitches switches;

	ChaosController(ChaosSwitches switches) {
		this.switches = switches;
	}

	@GetMapping
	List<ChaosStatus> status() {
		return this.switches.status();
	}

	@PostMapping(path = "/{name}", consumes = "!" + MediaType.APPLICATION_JSON_VALUE)
	ChaosStatus start(@PathVariable String name, @RequestParam Map<String, String> parameters) {
		return this.switches.start(find(name), parameters);
	}

	@PostMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ChaosStatus startFromJson(@PathVariable String name,
			@RequestBody(required = false) @Nullable Map<String, String> parameters) {
		return this.switches.start(find(name), (parameters != null) ? parameters : Map.of());
	}

	@DeleteMapping("/{name}")
	ChaosStatus stop(@PathVariable String name) {
		return this.switches.stop(find(name));
	}

	@DeleteMapping
	List<ChaosStatus> stopAll() {
		for (ChaosSwitch chaosSwitch : ChaosSwitch.values()) {
			this.switches.stop(chaosSwitch);
		}
		return this.switches.status();
	}

	private static ChaosSwitch find(String name) {
		return ChaosSwitch.of(name).orElseThrow(UnknownSwitchException::new);
	}

}
