package io.monitoringstack.pushgatewayproxy.groups;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ExpiryTests {

	private static final GroupingKey A = new GroupingKey(Map.of("job", "a"));

	private static final GroupingKey B = new GroupingKey(Map.of("job", "b"));

	private final Map<GroupingKey, Double> stored = new LinkedHashMap<>();

	private final List<GroupingKey> removed = new ArrayList<>();

	private final Activity activity = new Activity();

	private Instant now = Instant.ofEpochSecond(1_000_000);

	private Runnable beforeRemoval = () -> {
	};

	private final Expiry expiry = expiry(Duration.ofHours(1), "keep=never");

	@Test
	void aGroupGoesWhenTwoLooksInARowFoundItTooOld(CapturedOutput output) {
		pushed(A, 3601);
		pushed(B, 3599);
		assertThat(sweep()).isZero();
		assertThat(sweep()).isEqualTo(1);
		assertThat(this.removed).containsExactly(A);
		assertThat(this.expiry.expired()).isEqualTo(1);
		assertThat(output).contains("group expired: {job=\"a\"} was not pushed for 3601 s, it may live for 3600 s");
	}

	@Test
	void aGroupThatWasPushedBetweenTheLooksStays() {
		pushed(A, 4000);
		sweep();
		pushed(A, 3700);
		assertThat(sweep()).isZero();
		pushed(A, 0);
		assertThat(sweep()).isZero();
		assertThat(this.removed).isEmpty();
	}

	@Test
	void aGroupIsLeftAloneToWhichAPushIsUnderWay() {
		pushed(A, 4000);
		sweep();
		this.activity.begins(A);
		assertThat(sweep()).isZero();
		this.activity.ended(A);
		this.beforeRemoval = () -> this.activity.begins(A);
		assertThat(sweep()).as("it came behind the look").isZero();
		this.activity.ended(A);
		this.beforeRemoval = () -> {
		};
		assertThat(sweep()).isEqualTo(1);
	}

	@Test
	void whatAPushAskedForCountsMoreThanTheSettings() {
		GroupingKey keep = new GroupingKey(Map.of("job", "keep"));
		pushed(A, 4000);
		pushed(B, 200);
		pushed(keep, 900_000);
		this.activity.asked(A, Duration.ZERO);
		this.activity.asked(B, Duration.ofMinutes(2));
		sweep();
		sweep();
		assertThat(this.removed).containsExactly(B);
		this.activity.asked(A, null);
		sweep();
		sweep();
		assertThat(this.removed).containsExactly(B, A);
	}

	@Test
	void aHeaderAloneIsEnoughAndWithoutAnyNothingIsRead() {
		Expiry off = expiry(Duration.ZERO, "");
		assertThat(off.sweep().block()).isZero();
		assertThat(this.reads).isZero();
		pushed(A, 200);
		this.activity.asked(A, Duration.ofMinutes(1));
		off.sweep().block();
		assertThat(off.sweep().block()).isEqualTo(1);
	}

	@Test
	void aGroupThatWasNeverPushedStays() {
		this.stored.put(A, 0.0);
		sweep();
		assertThat(sweep()).isZero();
	}

	@Test
	void remembersOnlySoManyWishes() {
		for (int i = 0; i < 6000; i++) {
			this.activity.asked(new GroupingKey(Map.of("job", "j" + i)), Duration.ofHours(1));
		}
		assertThat(this.activity.askedFor(new GroupingKey(Map.of("job", "j0")))).isNull();
		assertThat(this.activity.askedFor(new GroupingKey(Map.of("job", "j5999")))).isNotNull();
	}

	private int reads;

	private Expiry expiry(Duration ttl, String jobs) {
		GroupSource source = new GroupSource() {
			@Override
			public Mono<Snapshot> read() {
				return Mono.fromSupplier(() -> {
					ExpiryTests.this.reads++;
					List<StoredGroup> groups = new ArrayList<>();
					ExpiryTests.this.stored.forEach((key, time) -> groups.add(new StoredGroup(key, time)));
					return new Snapshot(ExpiryTests.this.now, groups);
				});
			}

			@Override
			public Mono<Integer> delete(GroupingKey key) {
				throw new UnsupportedOperationException();
			}
		};
		GroupRemover remover = new GroupRemover() {
			@Override
			public Mono<Void> remove(GroupingKey key) {
				throw new UnsupportedOperationException();
			}

			@Override
			public Mono<Boolean> removeIfIdle(GroupingKey key, BooleanSupplier still) {
				ExpiryTests.this.beforeRemoval.run();
				if (!still.getAsBoolean()) {
					return Mono.just(false);
				}
				ExpiryTests.this.removed.add(key);
				ExpiryTests.this.stored.remove(key);
				return Mono.just(true);
			}
		};
		return Expiry.of(source, remover, ttl, jobs, this.activity);
	}

	private void pushed(GroupingKey key, long secondsAgo) {
		this.stored.put(key, (double) (this.now.getEpochSecond() - secondsAgo));
	}

	private long sweep() {
		return this.expiry.sweep().block();
	}

}
