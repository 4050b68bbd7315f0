/**
 * Turns a webhook message into a Dooray message. Pure: text in, text out.
 */
@NullMarked
package io.monitoringstack.doorayadapter.message;

import org.jspecify.annotations.NullMarked;
