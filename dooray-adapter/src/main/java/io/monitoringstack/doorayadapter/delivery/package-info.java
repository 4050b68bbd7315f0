/**
 * The way through: from a webhook message to one accepted Dooray message.
 */
@NullMarked
package io.monitoringstack.doorayadapter.delivery;

import org.jspecify.annotations.NullMarked;
