package io.monitoringstack.demoapp.memo;

import java.util.Optional;

/**
 * Remembers memos for a short time. It never fails: a cache that is away knows nothing.
 */
public interface MemoCache {

	Optional<Memo> find(long id);

	void put(Memo memo);

	void evict(long id);

}
