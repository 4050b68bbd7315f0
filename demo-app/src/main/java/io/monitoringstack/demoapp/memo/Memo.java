package io.monitoringstack.demoapp.memo;

import java.time.Instant;

/**
 * A stored memo.
 *
 * @param id number given by the database
 * @param title one line, at most {@value MemoDraft#MAX_TITLE} characters
 * @param body text, at most {@value MemoDraft#MAX_BODY} characters, possibly empty
 * @param createdAt when it was stored
 * @param updatedAt when it was last changed
 */
public record Memo(long id, String title, String body, Instant createdAt, Instant updatedAt) {

}
