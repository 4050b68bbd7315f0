/**
 * Shares what was told between instances of the adapter, in Redis.
 */
@NullMarked
package io.monitoringstack.doorayadapter.store;

import org.jspecify.annotations.NullMarked;
