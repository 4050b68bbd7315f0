/**
 * Memos over HTTP.
 */
@NullMarked
package io.monitoringstack.demoapp.memo.web;

import org.jspecify.annotations.NullMarked;
