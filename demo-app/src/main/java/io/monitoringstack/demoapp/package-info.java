/**
 * Memo service with metrics, traces, logs and switches that break it.
 */
@NullMarked
package io.monitoringstack.demoapp;

import org.jspecify.annotations.NullMarked;
