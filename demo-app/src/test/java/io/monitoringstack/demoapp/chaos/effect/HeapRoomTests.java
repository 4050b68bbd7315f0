package io.monitoringstack.demoapp.chaos.effect;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeapRoomTests {

	private static final long MEGABYTE = 1 << 20;

	@Test
	void fillsUpToTheShareThatLeavesTheCollectorRoom() {
		HeapRoom room = new HeapRoom(500 * MEGABYTE, 100 * MEGABYTE);
		assertThat(room.ballast(Long.MAX_VALUE)).isEqualTo(340 * MEGABYTE);
	}

	@Test
	void neverTakesMoreThanThatHoweverMuchIsWanted() {
		HeapRoom room = new HeapRoom(1000 * MEGABYTE, 100 * MEGABYTE);
		assertThat(room.ballast(1_000_000 * MEGABYTE)).isEqualTo(780 * MEGABYTE);
		assertThat(room.ballast(50 * MEGABYTE)).isEqualTo(50 * MEGABYTE);
	}

	@Test
	void keepsAReserveInASmallHeap() {
		assertThat(new HeapRoom(100 * MEGABYTE, 40 * MEGABYTE).ballast(Long.MAX_VALUE)).isEqualTo(44 * MEGABYTE);
	}

	@Test
	void takesNothingFromAFullHeap() {
		assertThat(new HeapRoom(100 * MEGABYTE, 99 * MEGABYTE).ballast(MEGABYTE)).isZero();
	}

	@Test
	void memoryIsScarceBeforeTheContainerIsFull() {
		assertThat(new SystemMemory(512 * MEGABYTE, 70 * MEGABYTE).isScarce()).isTrue();
		assertThat(new SystemMemory(512 * MEGABYTE, 90 * MEGABYTE).isScarce()).isFalse();
		assertThat(new SystemMemory(64_000 * MEGABYTE, 600 * MEGABYTE).isScarce()).isFalse();
	}

	@Test
	void readsTheMemoryOfThisMachine() {
		SystemMemory memory = SystemMemory.read();
		assertThat(memory.total()).isGreaterThan(MEGABYTE);
		assertThat(memory.available()).isBetween(1L, memory.total());
	}

}
