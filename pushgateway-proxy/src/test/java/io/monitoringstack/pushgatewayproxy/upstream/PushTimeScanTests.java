package io.monitoringstack.pushgatewayproxy.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PushTimeScanTests {

	private static final String SCRAPE = """
			# HELP push_time_seconds Last Unix time when changing this group in the Pushgateway succeeded.
			# TYPE push_time_seconds gauge
			push_time_seconds{instance="",job="good"} 1.7952645174726276e+09
			push_time_seconds{instance="",job="empty"} 0
			push_time_seconds{instance="i",job="odd",l="a\\"b\\\\c\\nd,e=\\"}"} 0
			push_failure_time_seconds{instance="",job="good"} 0
			push_time_seconds_more{instance="",job="other"} 0
			""";

	@Test
	void findsTheGroupThatNoPushEverReached() {
		assertThat(scan(SCRAPE, Map.of("job", "empty"), 1000)).isTrue();
	}

	@Test
	void doesNotTakeAnotherGroupForIt() {
		assertThat(scan(SCRAPE, Map.of("job", "good"), 1000)).isFalse();
		assertThat(scan(SCRAPE, Map.of("job", "other"), 1000)).isFalse();
		assertThat(scan(SCRAPE, Map.of("job", "empty", "l", "x"), 1000)).isFalse();
		assertThat(scan(SCRAPE, Map.of("job", "unknown"), 1000)).isFalse();
	}

	@Test
	void readsEscapedValues() {
		Map<String, String> labels = Map.of("job", "odd", "instance", "i", "l", "a\"b\\c\nd,e=\"}");
		assertThat(scan(SCRAPE, labels, 1000)).isTrue();
	}

	@Test
	void doesNotMindWhereTheStreamIsCut() {
		for (int size = 1; size < 50; size++) {
			assertThat(scan(SCRAPE, Map.of("job", "empty"), size)).isTrue();
			assertThat(scan(SCRAPE, Map.of("job", "good"), size)).isFalse();
		}
	}

	private static boolean scan(String scrape, Map<String, String> labels, int size) {
		PushTimeScan scan = new PushTimeScan(new GroupingKey(labels));
		byte[] bytes = scrape.getBytes(StandardCharsets.UTF_8);
		for (int from = 0; from < bytes.length; from += size) {
			scan.read(Unpooled.wrappedBuffer(bytes, from, Math.min(size, bytes.length - from)));
		}
		return scan.foundNeverPushed();
	}

}
