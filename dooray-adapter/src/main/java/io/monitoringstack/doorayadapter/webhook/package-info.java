/**
 * The way in: reads the webhook body, checks the caller and answers in HTTP.
 */
@NullMarked
package io.monitoringstack.doorayadapter.webhook;

import org.jspecify.annotations.NullMarked;
