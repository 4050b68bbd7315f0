package io.monitoringstack.demoapp.memo;

import org.springframework.stereotype.Service;

/**
 * Everything that can be done with memos. Single memos are read through the cache; lists
 * always come from the store. The store is changed first and the cache told afterwards,
 * so a reader can see an old memo only for the cache's short time to live.
 */
@Service
public class Memos {

	private final MemoStore store;

	private final MemoCache cache;

	private final Summarizer summarizer;

	Memos(MemoStore store, MemoCache cache, Summarizer summarizer) {
		this.store = store;
		this.cache = cache;
		this.summarizer = summarizer;
	}

	public MemoPage page(int page, int size) {
		return this.store.page(page, size);
	}

	public Memo get(long id) {
		return this.cache.find(id).orElseGet(() -> load(id));
	}

	public Memo create(MemoDraft draft) {
		return this.store.insert(draft);
	}

	public Memo update(long id, MemoDraft draft) {
		Memo updated = this.store.update(id, draft).orElseThrow(() -> new MemoNotFoundException(id));
		this.cache.evict(id);
		return updated;
	}

	public void delete(long id) {
		boolean deleted = this.store.delete(id);
		this.cache.evict(id);
		if (!deleted) {
			throw new MemoNotFoundException(id);
		}
	}

	public MemoSummary summarize(long id) {
		Memo memo = get(id);
		return new MemoSummary(memo.id(), memo.title(), this.summarizer.summarize(memo.body()));
	}

	private Memo load(long id) {
		Memo memo = this.store.find(id).orElseThrow(() -> new MemoNotFoundException(id));
		this.cache.put(memo);
		return memo;
	}

}
