package io.monitoringstack.dooraysimulator.message;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageStoreTests {

	private final MessageStore store = new MessageStore(3, 100);

	@Test
	void keepsTheLastMessagesNewestFirst() {
		for (int i = 1; i <= 5; i++) {
			add("m" + i);
		}
		assertThat(this.store.newestFirst()).extracting((message) -> message.body().text())
			.containsExactly("m5", "m4", "m3");
		assertThat(this.store.newestFirst()).extracting(Message::id).containsExactly(5L, 4L, 3L);
	}

	@Test
	void keepsNoMoreBytesThanAllowedCountedAsUtf8() {
		add("가".repeat(20));
		add("나".repeat(20));
		assertThat(this.store.newestFirst()).extracting((message) -> message.body().text())
			.containsExactly("나".repeat(20));
	}

	@Test
	void keepsTheNewestMessageHoweverLargeAndCountsRightAfterwards() {
		add("x".repeat(500));
		assertThat(this.store.size()).isEqualTo(1);
		add("small");
		add("small");
		assertThat(this.store.newestFirst()).extracting((message) -> message.body().text())
			.containsExactly("small", "small");
	}

	@Test
	void tellsWhatIsLaterThanAnIdOldestFirst() {
		add("a");
		add("b");
		add("c");
		assertThat(this.store.after(1)).extracting((message) -> message.body().text()).containsExactly("b", "c");
		assertThat(this.store.after(3)).isEmpty();
	}

	@Test
	void doesNotUseAnIdTwiceAfterClearing() {
		add("a");
		this.store.clear();
		assertThat(this.store.newestFirst()).isEmpty();
		assertThat(this.store.clearings()).isEqualTo(1);
		add("b");
		assertThat(this.store.newestFirst()).extracting(Message::id).containsExactly(2L);
	}

	@Test
	void tellsItsListenersOfEachChange() {
		AtomicInteger changes = new AtomicInteger();
		this.store.onChange(changes::incrementAndGet);
		add("a");
		this.store.clear();
		assertThat(changes).hasValue(2);
	}

	private void add(String text) {
		this.store.add(Instant.EPOCH, "hook", Outcome.ACCEPTED, 200, null, new Body(text, false));
	}

}
