/**
 * What a memo is and what can be done with it, free of HTTP, SQL and caches.
 */
@NullMarked
package io.monitoringstack.demoapp.memo;

import org.jspecify.annotations.NullMarked;
