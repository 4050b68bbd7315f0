package io.monitoringstack.demoapp.memo.web;

import java.net.URI;

import io.monitoringstack.demoapp.memo.Memo;
import io.monitoringstack.demoapp.memo.MemoDraft;
import io.monitoringstack.demoapp.memo.MemoPage;
import io.monitoringstack.demoapp.memo.MemoSummary;
import io.monitoringstack.demoapp.memo.Memos;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The memo API.
 */
@RestController
@RequestMapping("/api/memos")
final class MemoController {

	private final Memos memos;

	MemoController(Memos memos) {
		this.memos = memos;
	}

	@GetMapping
	MemoPage page(
			@RequestParam(defaultValue = "0") @Min(value = 0, message = "must be at least {value}") @Max(
					value = 1_000_000, message = "must be at most {value}") int page,
			@RequestParam(defaultValue = "20") @Min(value = 1, message = "must be at least {value}") @Max(value = 100,
					message = "must be at most {value}") int size) {
		return this.memos.page(page, size);
	}

	@GetMapping("/{id}")
	Memo get(@PathVariable long id) {
		return this.memos.get(id);
	}

	@GetMapping("/{id}/summary")
	MemoSummary summarize(@PathVariable long id) {
		return this.memos.summarize(id);
	}

	@PostMapping
	ResponseEntity<Memo> create(@Valid @RequestBody MemoDraft draft) {
		Memo memo = this.memos.create(draft);
		return ResponseEntity.created(URI.create("/api/memos/" + memo.id())).body(memo);
	}

	@PutMapping("/{id}")
	Memo update(@PathVariable long id, @Valid @RequestBody MemoDraft draft) {
		return this.memos.update(id, draft);
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable long id) {
		this.memos.delete(id);
	}

}
