package io.monitoringstack.dooraysimulator.api;

import java.util.List;

import io.monitoringstack.dooraysimulator.message.MessageStore;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The received messages.
 */
@RestController
class MessagesController {

	private final MessageStore store;

	private final StateReader state;

	MessagesController(MessageStore store, StateReader state) {
		this.store = store;
		this.state = state;
	}

	@GetMapping("/api/messages")
	ResponseEntity<List<MessageView>> messages() {
		List<MessageView> views = this.store.newestFirst().stream().map(MessageView::of).toList();
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(views);
	}

	@DeleteMapping("/api/messages")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void clear() {
		this.store.clear();
	}

	@GetMapping("/api/state")
	StateView state() {
		return this.state.read();
	}

}
