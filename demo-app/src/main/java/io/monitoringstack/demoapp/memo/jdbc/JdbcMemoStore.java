package io.monitoringstack.demoapp.memo.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import io.monitoringstack.demoapp.memo.Memo;
import io.monitoringstack.demoapp.memo.MemoDraft;
import io.monitoringstack.demoapp.memo.MemoPage;
import io.monitoringstack.demoapp.memo.MemoStore;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Keeps memos in PostgreSQL or H2 with SQL that both understand. Each method is one
 * statement (a page is two), so there are no transactions to hold open.
 */
@Component
final class JdbcMemoStore implements MemoStore {

	private static final String COLUMNS = "id, title, body, created_at, updated_at";

	private final JdbcClient jdbc;

	private final Clock clock;

	JdbcMemoStore(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public MemoPage page(int page, int size) {
		List<Memo> items = this.jdbc.sql("SELECT " + COLUMNS + " FROM memo ORDER BY id DESC LIMIT :size OFFSET :offset")
			.param("size", size)
			.param("offset", (long) page * size)
			.query(JdbcMemoStore::memo)
			.list();
		return new MemoPage(items, page, size, count());
	}

	@Override
	public Optional<Memo> find(long id) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM memo WHERE id = :id")
			.param("id", id)
			.query(JdbcMemoStore::memo)
			.optional();
	}

	@Override
	public Memo insert(MemoDraft draft) {
		Instant now = now();
		KeyHolder keys = new GeneratedKeyHolder();
		this.jdbc.sql("INSERT INTO memo (title, body, created_at, updated_at) VALUES (:title, :body, :now, :now)")
			.param("title", draft.title())
			.param("body", draft.body())
			.param("now", now.atOffset(ZoneOffset.UTC))
			.update(keys, "id");
		Number id = keys.getKey();
		Assert.state(id != null, "The database gave no number to the memo");
		return new Memo(id.longValue(), draft.title(), draft.body(), now, now);
	}

	@Override
	public Optional<Memo> update(long id, MemoDraft draft) {
		int changed = this.jdbc.sql("UPDATE memo SET title = :title, body = :body, updated_at = :now WHERE id = :id")
			.param("title", draft.title())
			.param("body", draft.body())
			.param("now", now().atOffset(ZoneOffset.UTC))
			.param("id", id)
			.update();
		return (changed > 0) ? find(id) : Optional.empty();
	}

	@Override
	public boolean delete(long id) {
		return this.jdbc.sql("DELETE FROM memo WHERE id = :id").param("id", id).update() > 0;
	}

	@Override
	public long count() {
		return this.jdbc.sql("SELECT count(*) FROM memo").query(Long.class).single();
	}

	// Neither database keeps nanoseconds: what is answered now is what is read later.
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static Memo memo(ResultSet row, int number) throws SQLException {
		return new Memo(row.getLong("id"), row.getString("title"), row.getString("body"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(),
				row.getObject("updated_at", OffsetDateTime.class).toInstant());
	}

}
