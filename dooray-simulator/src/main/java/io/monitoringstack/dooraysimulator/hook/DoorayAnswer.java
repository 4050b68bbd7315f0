package io.monitoringstack.dooraysimulator.hook;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.monitoringstack.dooraysimulator.behaviour.Behaviour;
import io.monitoringstack.dooraysimulator.behaviour.Mode;
import io.monitoringstack.dooraysimulator.message.Verdict;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The answers of the incoming hook, in the form Dooray documents for its APIs.
 *
 * @param header result of the call
 */
record DoorayAnswer(Header header) {

	private static final byte[] HTML = "<!doctype html><title>ok</title><p>ok</p>".getBytes(StandardCharsets.UTF_8);

	static ResponseEntity<Object> to(Verdict verdict) {
		Behaviour behaviour = verdict.behaviour();
		int status = Objects.requireNonNullElse(verdict.status(), HttpStatus.OK.value());
		String complaint = verdict.complaint();
		if (behaviour.mode() == Mode.STATUS) {
			return withStatus(behaviour, String.valueOf(complaint));
		}
		if (complaint != null) {
			// A refusal inside a 200 needs a code that is not 0.
			return refusal(status, (status == HttpStatus.OK.value()) ? HttpStatus.BAD_REQUEST.value() : status,
					complaint, new HttpHeaders());
		}
		return switch (behaviour.mode()) {
			case OK_EMPTY -> ResponseEntity.ok().build();
			case OK_HTML ->
				ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)).body(HTML);
			default -> json(status, new HttpHeaders(), new DoorayAnswer(new Header(true, 0, "")));
		};
	}

	static ResponseEntity<Object> refusal(int status, int resultCode, String message, HttpHeaders headers) {
		return json(status, headers, new DoorayAnswer(new Header(false, resultCode, message)));
	}

	private static ResponseEntity<Object> withStatus(Behaviour behaviour, String complaint) {
		HttpHeaders headers = new HttpHeaders();
		if (behaviour.retryAfterSeconds() > 0) {
			headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(behaviour.retryAfterSeconds()));
		}
		return refusal(behaviour.status(), behaviour.status(), complaint, headers);
	}

	private static ResponseEntity<Object> json(int status, HttpHeaders headers, DoorayAnswer answer) {
		return ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_JSON).body(answer);
	}

	/**
	 * The header of each answer.
	 *
	 * @param isSuccessful whether the call was successful
	 * @param resultCode 0, or the status that describes the failure
	 * @param resultMessage sentence for people
	 */
	record Header(boolean isSuccessful, int resultCode, String resultMessage) {

	}

}
