package io.monitoringstack.demoapp.memo;

import java.util.Optional;

/**
 * Where memos are kept. Every method may fail while the database is away.
 */
public interface MemoStore {

	MemoPage page(int page, int size);

	Optional<Memo> find(long id);

	Memo insert(MemoDraft draft);

	Optional<Memo> update(long id, MemoDraft draft);

	boolean delete(long id);

	long count();

}
