package io.monitoringstack.doorayadapter.message;

import org.jspecify.annotations.Nullable;

/**
 * One box of a message.
 *
 * @param title first line
 * @param titleLink where a click on the title leads
 * @param text what stands below
 * @param color colour of the bar at its side, as <code>#RRGGBB</code>
 */
public record DoorayAttachment(String title, @Nullable String titleLink, @Nullable String text, String color) {

}
