package io.monitoringstack.demoapp.memo.web;

import io.monitoringstack.demoapp.memo.TextSummary;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The neighbour's side of a summary. It keeps nothing, so any instance can answer.
 */
@RestController
final class SummaryController {

	@PostMapping("/internal/summaries")
	TextSummary summarize(@RequestBody SummaryRequest request) {
		return TextSummary.of(request.text());
	}

}
