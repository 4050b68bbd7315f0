package io.monitoringstack.doorayadapter.ledger;

import java.util.List;

import io.monitoringstack.doorayadapter.delivery.KnownChannels;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what became of the last deliveries, and how the hook of each channel does.
 */
@Profile("!watcher")
@RestController
class LedgerController {

	private final Ledger ledger;

	private final KnownChannels channels;

	LedgerController(Ledger ledger, KnownChannels channels) {
		this.ledger = ledger;
		this.channels = channels;
	}

	@GetMapping(path = "/api/deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
	List<LedgerEntry> deliveries(@RequestParam(defaultValue = "" + Ledger.KEPT) int limit) {
		return this.ledger.newest(limit);
	}

	@GetMapping(path = "/api/channels", produces = MediaType.APPLICATION_JSON_VALUE)
	List<ChannelState> channels() {
		return this.channels.hooks()
			.stream()
			.map((hook) -> ChannelState.of(hook, this.ledger.last(hook.servedBy())))
			.toList();
	}

}
