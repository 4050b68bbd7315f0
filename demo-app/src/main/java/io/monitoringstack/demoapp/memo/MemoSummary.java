package io.monitoringstack.demoapp.memo;

/**
 * A memo in figures.
 *
 * @param id number of the memo
 * @param title its title
 * @param summary figures about its body
 */
public record MemoSummary(long id, String title, TextSummary summary) {

}
