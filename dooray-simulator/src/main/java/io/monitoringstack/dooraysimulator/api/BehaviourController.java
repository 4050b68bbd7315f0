package io.monitoringstack.dooraysimulator.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.monitoringstack.dooraysimulator.behaviour.Behaviours;
import io.monitoringstack.dooraysimulator.behaviour.InvalidBehaviourException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How the simulator answers: for all hooks, or for one.
 */
@RestController
class BehaviourController {

	private static final int MAX_BODY_BYTES = 8_192;

	private final Behaviours behaviours;

	BehaviourController(Behaviours behaviours) {
		this.behaviours = behaviours;
	}

	@GetMapping("/api/behaviour")
	BehaviourView get() {
		return BehaviourView.of(this.behaviours.get());
	}

	@PutMapping("/api/behaviour")
	BehaviourView put(HttpServletRequest request) throws IOException {
		return BehaviourView.of(this.behaviours.set(body(request)));
	}

	@DeleteMapping("/api/behaviour")
	BehaviourView delete() {
		this.behaviours.reset();
		return get();
	}

	@GetMapping("/api/behaviour/{hook}")
	BehaviourView get(@PathVariable String hook) {
		return BehaviourView.of(this.behaviours.get(hook));
	}

	@PutMapping("/api/behaviour/{hook}")
	BehaviourView put(@PathVariable String hook, HttpServletRequest request) throws IOException {
		return BehaviourView.of(this.behaviours.set(hook, body(request)));
	}

	@DeleteMapping("/api/behaviour/{hook}")
	BehaviourView delete(@PathVariable String hook) {
		this.behaviours.reset(hook);
		return get(hook);
	}

	@ExceptionHandler
	ProblemDetail handle(InvalidBehaviourException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				String.valueOf(ex.getMessage()));
		problem.setTitle("Behaviour not changed");
		return problem;
	}

	// Read as it is, because curl -d calls everything a form.
	private static String body(HttpServletRequest request) throws IOException {
		return new String(request.getInputStream().readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
	}

}
