package io.monitoringstack.doorayadapter.digest;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the digest as it would be told now, and sends nothing.
 */
@Profile("!watcher")
@RestController
class DigestController {

	private final Digests digests;

	DigestController(Digests digests) {
		this.digests = digests;
	}

	@PostMapping(path = { "/preview/digest", "/preview/digest/" }, produces = MediaType.APPLICATION_JSON_VALUE)
	Digests.Preview preview() {
		return this.digests.preview();
	}

}
