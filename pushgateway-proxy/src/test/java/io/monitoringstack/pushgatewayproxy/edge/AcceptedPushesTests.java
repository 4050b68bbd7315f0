package io.monitoringstack.pushgatewayproxy.edge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptedPushesTests {

	private static final GroupingKey A = new GroupingKey(Map.of("job", "a"));

	private final AtomicLong now = new AtomicLong(1_800_000_000_000L);

	private final AcceptedPushes accepted = new AcceptedPushes(10_000, this.now::get);

	@Test
	void keepsNoHeaderThatCouldBeSecretAndNoQuery() {
		List<Map.Entry<String, String>> headers = List.of(Map.entry("Authorization", "Bearer s3cret"),
				Map.entry("Cookie", "s3cret"), Map.entry("content-type", "text/plain"));
		accepted("x", new StoreRequest("PUT", "/metrics/job/a?key=s3cret", headers, bytes("x 1\n"), 4));
		StoreRequest request = this.accepted.missing(Map.of()).get(A).get(0);
		assertThat(request.headers()).containsExactly(Map.entry("content-type", "text/plain"));
		assertThat(request.path()).isEqualTo("/metrics/job/a");
		assertThat(request.body()).isEqualTo(bytes("x 1\n"));
	}

	@Test
	void keepsABodyUntilAllOfItsFamiliesWerePushedAnew() {
		this.accepted.accepted(A, request("xy"), List.of("x", "y"), false, List.of("x", "y"), this.now.get());
		this.accepted.accepted(A, request("x"), List.of("x"), false, List.of("x", "y"), this.now.get());
		assertThat(bodies()).containsExactly("PUT xy", "POST x");
		this.accepted.accepted(A, request("y"), List.of("y"), false, List.of("x", "y"), this.now.get());
		assertThat(bodies()).containsExactly("PUT x", "POST y");
		this.accepted.accepted(A, request("z"), List.of("z"), true, List.of("z"), this.now.get());
		assertThat(bodies()).containsExactly("PUT z");
	}

	@Test
	void aGroupThatIsNotKnownAsAWholeReplacesNothing() {
		this.accepted.accepted(A, request("x"), List.of("x"), false, List.of("x", "old"), this.now.get());
		assertThat(bodies()).containsExactly("POST x");
		assertThat(this.accepted.wholeGroups()).isZero();
	}

	@Test
	void neverTakesMoreMemoryThanItMayAlsoForOnePush() {
		for (int i = 0; i < 100; i++) {
			GroupingKey key = new GroupingKey(Map.of("job", "j" + i));
			this.accepted.accepted(key, request("x"), List.of("x"), false, List.of("x"), this.now.get());
			assertThat(this.accepted.bytes()).isLessThanOrEqualTo(10_000);
		}
		assertThat(this.accepted.wholeGroups()).isBetween(5, 20);
		this.accepted.accepted(A, request("x".repeat(20_000)), List.of("x"), false, List.of("x"), this.now.get());
		assertThat(this.accepted.bytes()).isZero();
		assertThat(this.accepted.wholeGroups()).isZero();
	}

	@Test
	void tellsThePushThatIsThereFromTheOneBefore() {
		accepted("x", request("x"));
		this.now.addAndGet(100);
		accepted("x", request("x"));
		double last = this.now.get() / 1000d;
		assertThat(this.accepted.missing(Map.of(A, last + 0.01))).isEmpty();
		assertThat(this.accepted.missing(Map.of(A, last - 0.04))).as("clocks differ a little").isEmpty();
		assertThat(this.accepted.missing(Map.of(A, last - 0.1))).containsKey(A);
	}

	@Test
	void aDeleteIsDoneAgainOnlyToWhatWasThereBeforeIt() {
		this.accepted.deleted(A);
		double deleted = this.now.get() / 1000d;
		assertThat(this.accepted.missing(Map.of(A, deleted - 5))).containsEntry(A, List.of());
		assertThat(this.accepted.missing(Map.of(A, deleted + 5))).isEmpty();
		assertThat(this.accepted.missing(Map.of())).isEmpty();
	}

	private void accepted(String family, StoreRequest request) {
		this.accepted.accepted(A, request, List.of(family), false, List.of(family), this.now.get());
	}

	private List<String> bodies() {
		return this.accepted.missing(Map.of())
			.get(A)
			.stream()
			.map((request) -> request.method() + " " + new String(request.body(), StandardCharsets.UTF_8))
			.toList();
	}

	private static StoreRequest request(String body) {
		return new StoreRequest("POST", "/metrics/job/a", List.of(), bytes(body), body.length());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
