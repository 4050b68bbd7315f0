package io.monitoringstack.pushgatewayproxy.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesTableTests {

	@Test
	void behavesLikeAMapWhateverComesAndGoes() {
		Random random = new Random(3);
		SeriesTable table = new SeriesTable();
		Map<Long, Integer> expected = new HashMap<>();
		for (int i = 0; i < 300_000; i++) {
			// Keys that share their lower bits make long runs of full slots.
			long key = (random.nextInt(3000) << 12) | random.nextInt(3);
			int owner = 1 + random.nextInt(3);
			if (random.nextInt(5) < ((i / 50_000 % 2 == 0) ? 3 : 1)) {
				assertThat(table.putIfFree(key, owner)).isEqualTo(expected.merge(key, owner, (old, now) -> old));
			}
			else {
				table.remove(key, owner);
				expected.remove(key, owner);
			}
		}
		assertThat(table.size()).isEqualTo(expected.size());
		expected.forEach((key, owner) -> assertThat(table.owner(key)).isEqualTo(owner));
	}

	@Test
	void takesAtMostThirtySixBytesForASeriesAndGivesThemBack() {
		SeriesTable table = new SeriesTable();
		for (long key = 0; key < 500_000; key++) {
			table.putIfFree(key * 0x9e3779b97f4a7c15L, 1);
			assertThat(table.bytes()).isLessThanOrEqualTo(Math.max(12 * 1024, 36 * (key + 1)));
		}
		for (long key = 0; key < 500_000; key++) {
			table.remove(key * 0x9e3779b97f4a7c15L, 1);
		}
		assertThat(table.size()).isZero();
		assertThat(table.bytes()).isEqualTo(12 * 1024);
	}

}
