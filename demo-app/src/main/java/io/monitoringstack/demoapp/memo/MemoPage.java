package io.monitoringstack.demoapp.memo;

import java.util.List;

/**
 * One page of memos, newest first.
 *
 * @param items memos of this page
 * @param page number of this page, from 0
 * @param size how many memos a full page has
 * @param total how many memos there are
 */
public record MemoPage(List<Memo> items, int page, int size, long total) {

	public MemoPage {
		items = List.copyOf(items);
	}

	/**
	 * Returns how many pages there are.
	 * @return the number of pages, 0 when there are no memos
	 */
	public long getPages() {
		return (this.total + this.size - 1) / this.size;
	}

}
