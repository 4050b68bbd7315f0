/**
 * Memos in Redis or in the process, never in the way of a request.
 */
@NullMarked
package io.monitoringstack.demoapp.memo.cache;

import org.jspecify.annotations.NullMarked;
