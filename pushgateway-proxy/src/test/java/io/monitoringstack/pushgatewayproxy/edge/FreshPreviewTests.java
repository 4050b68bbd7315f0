package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.exposition.SeriesHash;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.Decision;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import io.monitoringstack.pushgatewayproxy.index.Preview;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FreshPreviewTests {

	private static final GroupingKey A = new GroupingKey(Map.of("job", "a"));

	private static final GroupingKey B = new GroupingKey(Map.of("job", "b"));

	private static final int GAUGE = 1;

	private static final int SUMMARY = 2;

	private final FakeStore store = new FakeStore();

	private final FreshPreview fresh = new FreshPreview(this.store);

	@Test
	void comparesWithWhatIsReadAnewEachTime() {
		assertThat(preview(A, "x", GAUGE).added()).containsExactly("x");
		this.store.groups.put(A, List.of(family(A, "x", GAUGE), family(A, "y", GAUGE)));
		assertThat(preview(A, "x", GAUGE).unchanged()).containsExactly("x");
		assertThat(preview(A, "x", SUMMARY).changed()).containsExactly("x");
		assertThat(this.store.reads.get()).isEqualTo(3);
		assertThat(this.store.sent).isEmpty();
	}

	@Test
	void findsWhatStandsInTheWayInOtherGroups() {
		this.store.groups.put(B,
				List.of(family(B, "x", SUMMARY), family(B, "y_count_sum", GAUGE), family(B, "z", GAUGE)));
		assertThat(refusal(A, "x", GAUGE)).contains("a summary named x");
		assertThat(refusal(A, "x_sum", GAUGE)).contains("a summary named x");
		assertThat(refusal(A, "y_count", SUMMARY)).contains("a gauge named y_count_sum");
		assertThat(refusal(A, "go_info", SUMMARY)).contains("Pushgateway has a metric of that name itself");
		assertThat(preview(A, "z", GAUGE).added()).containsExactly("z");
		this.store.groups.put(new GroupingKey(Map.of("job", "c", "instance", "")),
				List.of(family(new GroupingKey(Map.of("job", "c")), "push_time_seconds", GAUGE)));
		assertThat(refusal(new GroupingKey(Map.of("job", "c")), "w", GAUGE)).contains("push_time_seconds");
	}

	@Test
	void saysThatNothingIsTakenWhileTheScrapeFails() {
		this.store.healthy = false;
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> preview(A, "x", GAUGE))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(503))
			.withMessageContaining("scrape fails");
	}

	@Test
	void readsForAFewAtATimeOnly() {
		FakeStore slow = new FakeStore() {
			@Override
			public Mono<ScrapeState> scrape(boolean whole) {
				return Mono.never();
			}
		};
		FreshPreview previews = new FreshPreview(slow);
		GroupPush push = push(A, "x", GAUGE);
		Disposable first = previews.preview(push, null).subscribe();
		Disposable second = previews.preview(push, null).subscribe();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> previews.preview(push, null).block())
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(429));
		first.dispose();
		Disposable third = previews.preview(push, null).subscribe();
		assertThat(third.isDisposed()).isFalse();
		second.dispose();
		third.dispose();
	}

	private Preview preview(GroupingKey key, String name, int type) {
		Preview preview = this.fresh.preview(push(key, name, type), null).block(Duration.ofSeconds(10));
		assertThat(preview).isNotNull();
		return preview;
	}

	private String refusal(GroupingKey key, String name, int type) {
		Decision obstacle = preview(key, name, type).obstacle();
		assertThat(obstacle).isInstanceOf(Decision.Refused.class);
		return ((Decision.Refused) obstacle).refusal().text();
	}

	private static GroupPush push(GroupingKey key, String name, int type) {
		return new GroupPush(key, List.of(family(key, name, type)), false, null);
	}

	private static HeldFamily family(GroupingKey key, String name, int type) {
		return new HeldFamily(name, type,
				new long[] { SeriesHash.series(SeriesHash.family(name), SeriesHash.labels(key.labels())) });
	}

}
