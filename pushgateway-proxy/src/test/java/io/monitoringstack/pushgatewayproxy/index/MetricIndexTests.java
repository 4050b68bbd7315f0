package io.monitoringstack.pushgatewayproxy.index;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ContentRules;
import io.monitoringstack.pushgatewayproxy.exposition.PushContent;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MetricIndexTests {

	private static final GroupingKey A = new GroupingKey(Map.of("job", "a"));

	private static final GroupingKey B = new GroupingKey(Map.of("job", "b"));

	private static final GroupingKey A1 = new GroupingKey(Map.of("job", "a", "l", "1"));

	private final MetricIndex index = new MetricIndex(Map.of("go_info", 1, "go_gc_seconds", MetricTypes.SUMMARY), 40);

	@Test
	void aNameHasOneTypeInAllGroups() {
		accept(A, "# TYPE x gauge\nx 1\n");
		assertThat(refuse(B, "# TYPE x counter\nx 1\n")).contains("x is pushed as counter",
				"group {job=\"a\"} has a gauge named x");
		accept(B, "# HELP x Other help.\n# TYPE x gauge\nx 1\n");
	}

	@Test
	void theTypeMayChangeWhereNobodyElseHasTheName() {
		accept(A, "# TYPE x gauge\nx 1\n");
		accept(A, "# TYPE x counter\nx 1\n");
		assertThat(refuse(B, "# TYPE x gauge\nx 1\n")).contains("counter");
	}

	@Test
	void ownFamiliesOfPushgatewayKeepTheirTypeAndTheirParts() {
		accept(A, "# TYPE go_info gauge\ngo_info 1\n");
		assertThat(refuse(A, "go_info 1\n")).contains("Pushgateway has a metric of that name itself");
		assertThat(refuse(A, "go_gc_seconds_count 1\n")).contains("a summary named go_gc_seconds itself");
		assertThat(refuse(A, "# TYPE pushgateway_http_requests_total counter\npushgateway_http_requests_total 1\n"))
			.contains("itself");
	}

	@Test
	void aSeriesIsInOneGroupOnly() {
		accept(A, "x{l=\"1\"} 1\nx{l=\"2\"} 1\n");
		assertThat(refuse(A1, "x 1\n")).contains("the group {job=\"a\"} holds with exactly the same labels");
		accept(A, "x{l=\"2\"} 1\n");
		accept(A1, "x 1\n");
		assertThat(refuse(A, "x{l=\"1\"} 1\n")).contains("the group {job=\"a\", l=\"1\"}");
	}

	@Test
	void anEmptyInstanceIsTheSameAsNone() {
		accept(A, "x 1\n");
		GroupingKey spelledOut = new GroupingKey(Map.of("job", "a", "instance", ""));
		assertThat(refuse(spelledOut, "y 1\n")).contains("push_time_seconds");
		assertThat(refuse(spelledOut, "")).contains("push_time_seconds");
	}

	@Test
	void partsOfSummariesAndHistogramsAreTaken() {
		accept(A, "# TYPE x histogram\nx_count 1\nx_sum 1\n");
		assertThat(refuse(B, "# TYPE x_bucket gauge\nx_bucket 1\n")).contains("a histogram named x");
		accept(B, "# TYPE y_sum gauge\ny_sum 1\n# TYPE z_bucket gauge\nz_bucket 1\n");
		assertThat(refuse(A, "# TYPE y summary\ny{quantile=\"0.5\"} 1\n")).contains("gauge named y_sum");
		accept(A, "# TYPE z summary\nz{quantile=\"0.5\"} 1\n");
	}

	@Test
	void aReplacingPushFreesWhatWasInItsGroup() {
		accept(A, "# TYPE x gauge\nx 1\n# TYPE y gauge\ny 1\n");
		commit(this.index.reserve(push(A, "# TYPE z gauge\nz 1\n", true)));
		accept(B, "# TYPE x counter\nx 1\n# TYPE y_count counter\ny_count 1\n");
	}

	@Test
	void aDeletedGroupLeavesNothingBehind() {
		accept(A, "x 1\n");
		accept(B, "x 1\n");
		this.index.reserveDelete(A).commit();
		this.index.reserveDelete(B).commit();
		this.index.reserveDelete(A1).commit();
		assertThat(this.index.series()).isZero();
		assertThat(this.index.groups()).isZero();
		assertThat(this.index.families()).isZero();
	}

	@Test
	void anUndonePushLeavesTheGroupAsItWas() {
		accept(A, "# TYPE x gauge\nx 1\nx{l=\"1\"} 1\n");
		int series = this.index.series();
		((Reservation) this.index.reserve(push(A, "# TYPE x counter\nx{l=\"2\"} 1\ny 1\n", false))).undo();
		((Reservation) this.index.reserve(push(B, "z 1\n", false))).undo();
		assertThat(this.index.series()).isEqualTo(series);
		assertThat(this.index.groups()).isOne();
		assertThat(refuse(A1, "# TYPE x gauge\nx 1\n")).contains("exactly the same labels");
		accept(B, "# TYPE y counter\ny 1\n# TYPE x gauge\nx 1\n");
	}

	@Test
	void nothingIsRefusedForWhatMayGo() {
		accept(A, "# TYPE x gauge\nx 1\n");
		Reservation leaving = this.index.reserveDelete(A);
		Decision decision = this.index.reserve(push(B, "# TYPE x counter\nx 1\n", false));
		assertThat(decision).isInstanceOf(Decision.Undecided.class);
		leaving.commit();
		assertThat(((Decision.Undecided) decision).settled()).isCompleted();
		accept(B, "# TYPE x counter\nx 1\n");
	}

	@Test
	void nothingIsRefusedForWhatMayNotCome() {
		Reservation coming = (Reservation) this.index.reserve(push(A, "# TYPE x gauge\nx 1\nx{l=\"1\"} 1\n", false));
		assertThat(this.index.reserve(push(B, "x 1\n", false))).isInstanceOf(Decision.Undecided.class);
		assertThat(this.index.reserve(push(A1, "# TYPE x gauge\nx 1\n", false))).isInstanceOf(Decision.Undecided.class);
		assertThat(this.index.reserve(push(B, "# TYPE x_count summary\nx_count_sum 1\n", false)))
			.isInstanceOf(Reservation.class);
		coming.undo();
		accept(A1, "x 1\n");
	}

	@Test
	void whatStaysWhateverHappensIsRefusedAtOnce() {
		accept(A, "# TYPE x gauge\nx 1\nx{l=\"1\"} 1\n");
		this.index.reserve(push(A, "# TYPE x gauge\nx 2\nx{l=\"1\"} 2\n", false));
		assertThat(refuse(B, "# TYPE x counter\nx 1\n")).contains("gauge");
		assertThat(refuse(A1, "# TYPE x gauge\nx 1\n")).contains("exactly the same labels");
	}

	@Test
	void aGroupWhoseStateWasLookedUpHoldsWhatWasFound() {
		accept(A, "# TYPE x gauge\nx 1\n");
		Reservation lost = (Reservation) this.index.reserve(push(A, "# TYPE x counter\nx 1\n", false));
		lost.settle(List.of(new HeldFamily("x", 0, new long[] { 17 })));
		assertThat(refuse(B, "# TYPE x gauge\nx 1\n")).contains("counter");
		Reservation lostDelete = this.index.reserveDelete(A);
		lostDelete.settle(List.of());
		assertThat(this.index.series()).isZero();
	}

	@Test
	void refusesWhatDoesNotFitAnyMoreButNotWhatTakesNoMoreRoom() {
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < 38; i++) {
			body.append("x{l=\"").append(i).append("\"} 1\n");
		}
		accept(A, body.toString());
		Decision decision = this.index.reserve(push(B, "y 1\n", false));
		assertThat(((Decision.Refused) decision).refusal().status()).isEqualTo(507);
		assertThat(((Decision.Refused) decision).refusal().text()).contains("holds 40 series", "adds 3",
				"PUSH_MAX_TOTAL_SERIES");
		accept(A, body.toString());
		accept(A, "x 1\n");
		accept(B, "y 1\n");
	}

	@Test
	void aFailureIsNotedOnlyInAGroupThatExists() {
		assertThat(this.index.reserveFailure(A)).isNull();
		accept(A, "x 1\n");
		this.index.reserveFailure(A).commit();
		assertThat(this.index.series()).isEqualTo(3);
	}

	@Test
	void aPushedFailureTimeCountsOnlyInAGroupThatExists() {
		String twice = "push_failure_time_seconds 1\npush_failure_time_seconds 2\n";
		accept(A, twice);
		assertThat(refuse(A, twice)).contains("was in line 1 already");
		accept(A, "push_failure_time_seconds 1\n");
		assertThat(refuse(B, "x 1\n")).contains("untyped named push_failure_time_seconds");
	}

	@Test
	void tellsWhatContradictsItselfWhenItIsLoaded() {
		assertThat(this.index.load(A, List.of(new HeldFamily("x", 1, new long[] { 1, 2 })))).isEmpty();
		assertThat(this.index.load(B, List.of(new HeldFamily("x", 0, new long[] { 3 })))).containsExactly("x");
		assertThat(this.index.load(A1,
				List.of(new HeldFamily("x", 1, new long[] { 2 }), new HeldFamily("go_info", 0, new long[0]),
						new HeldFamily("go_gc_seconds_sum", 0, new long[0]))))
			.containsExactlyInAnyOrder("x", "go_info", "go_gc_seconds_sum");
		assertThat(this.index.holders("x")).containsOnlyKeys(A, B, A1);
	}

	@Test
	void aPreviewTellsWhatAPushWouldDoAndLeavesEverythingAsItIs() {
		accept(A, "# TYPE x gauge\nx{l=\"1\"} 1\nx{l=\"2\"} 1\n# TYPE y gauge\ny 1\nz 1\n");
		int series = this.index.series();
		GroupPush push = push(A, "# TYPE x gauge\nx{l=\"2\"} 5\nx{l=\"1\"} 5\n# TYPE y counter\ny 1\nnew 1\n", false);
		Preview merged = preview(push);
		assertThat(merged).isEqualTo(new Preview(null, List.of("new"), List.of("y"), List.of("x"), List.of()));
		assertThat(preview(new GroupPush(A, push.families(), true, null)).removed()).containsExactly("z");
		assertThat(preview(push(A, "", true)).removed()).containsExactly("x", "y", "z");
		assertThat(preview(push(B, "y 1\n", false)).obstacle()).isInstanceOf(Decision.Refused.class);
		assertThat(preview(push(B, "w 1\n", false)).added()).containsExactly("w");
		assertThat(this.index.series()).isEqualTo(series);
		assertThat(this.index.groups()).isEqualTo(1);
		assertThat(this.index.families()).isEqualTo(5);
		accept(B, "# TYPE new counter\nnew 1\n");
	}

	@Test
	void aPreviewCallsAFamilyRemovedThatLosesItsSeries() {
		accept(A, "# TYPE x gauge\nx 1\n");
		GroupPush emptied = new GroupPush(A, List.of(new HeldFamily("x", 1, new long[0])), false, null);
		assertThat(preview(emptied)).isEqualTo(new Preview(null, List.of(), List.of(), List.of(), List.of("x")));
		commit(this.index.reserve(emptied));
		assertThat(preview(emptied)).isEqualTo(Preview.unknown());
		assertThat(preview(push(A, "# TYPE x gauge\nx 1\n", false)).added()).containsExactly("x");
	}

	private Preview preview(GroupPush push) {
		return this.index.preview(push, List.of());
	}

	private void accept(GroupingKey key, String body) {
		commit(this.index.reserve(push(key, body, false)));
	}

	@Test
	void refusesAFamilyThatHidesFromPushgatewaysListWhichGroupItIsIn() {
		GroupingKey ambiguous = new GroupingKey(Map.of("job", "a", "instance", ""));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> push(ambiguous, "labels 1\n", false))
			.satisfies((ex) -> assertThat(ex.refusal().text()).contains("named labels", "empty instance"));
		commit(this.index.reserve(push(ambiguous, "x 1\n", false)));
		commit(this.index.reserve(push(new GroupingKey(Map.of("job", "b")), "labels 1\n", false)));
		commit(this.index.reserve(push(new GroupingKey(Map.of("job", "b", "instance", "i")), "labels 1\n", false)));
	}

	private static void commit(Decision decision) {
		assertThat(decision).isInstanceOf(Reservation.class);
		((Reservation) decision).commit();
	}

	private String refuse(GroupingKey key, String body) {
		Decision decision = this.index.reserve(push(key, body, false));
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		assertThat(((Decision.Refused) decision).refusal().status()).isEqualTo(400);
		return ((Decision.Refused) decision).refusal().text();
	}

	private static GroupPush push(GroupingKey key, String body, boolean replace) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		PushContent content = ContentCheck.check(ContentKind.TEXT, bytes, bytes.length,
				new ContentRules(key.labels().keySet(), false, 1000, ContentRules.Scope.COMPLETE));
		return GroupPush.of(key, content, replace);
	}

}
