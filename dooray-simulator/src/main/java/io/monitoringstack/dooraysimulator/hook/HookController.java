package io.monitoringstack.dooraysimulator.hook;

import java.io.IOException;

import io.monitoringstack.dooraysimulator.message.HookAddress;
import io.monitoringstack.dooraysimulator.message.Reception;
import io.monitoringstack.dooraysimulator.message.Verdict;
import io.monitoringstack.dooraysimulator.settings.SimulatorProperties;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The incoming hook.
 */
@RestController
class HookController {

	private static final int MAX_NAME = 100;

	private final Reception reception;

	private final LateAnswers lateAnswers;

	private final HookMetrics metrics;

	private final int maxBodyBytes;

	HookController(Reception reception, LateAnswers lateAnswers, HookMetrics metrics, SimulatorProperties properties) {
		this.reception = reception;
		this.lateAnswers = lateAnswers;
		this.metrics = metrics;
		this.maxBodyBytes = Math.toIntExact(properties.maxBodySize().toBytes());
	}

	// The body is read here and not bound: Dooray's callers get Dooray's answer for any
	// content type and any bytes.
	@PostMapping("/services/{org}/{hook}/{token}")
	DeferredResult<ResponseEntity<Object>> receive(@PathVariable String org, @PathVariable String hook,
			@PathVariable String token, HttpServletRequest request) throws IOException {
		byte[] body = request.getInputStream().readNBytes(this.maxBodyBytes + 1);
		String name = (hook.length() <= MAX_NAME) ? hook : hook.substring(0, MAX_NAME);
		Verdict verdict = this.reception.receive(new HookAddress(org, name, token), body);
		this.metrics.count(verdict.outcome());
		int delayMillis = verdict.behaviour().delayMillis();
		return switch (verdict.outcome()) {
			case HANG -> this.lateAnswers.never(request);
			case RESET -> this.lateAnswers.reset(delayMillis, request);
			default -> this.lateAnswers.after(delayMillis, DoorayAnswer.to(verdict));
		};
	}

	// The framework's own answers would repeat the path, and with it the token.
	@RequestMapping({ "/services", "/services/**" })
	ResponseEntity<Object> refuse(HttpServletRequest request) {
		if (HttpMethod.POST.matches(request.getMethod())) {
			return DoorayAnswer.refusal(HttpStatus.NOT_FOUND.value(), HttpStatus.NOT_FOUND.value(),
					"A hook is /services/{org}/{hook}/{token}.", new HttpHeaders());
		}
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ALLOW, HttpMethod.POST.name());
		return DoorayAnswer.refusal(HttpStatus.METHOD_NOT_ALLOWED.value(), HttpStatus.METHOD_NOT_ALLOWED.value(),
				"Use POST.", headers);
	}

}
