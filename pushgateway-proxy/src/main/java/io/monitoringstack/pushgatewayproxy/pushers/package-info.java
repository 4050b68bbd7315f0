/**
 * Who pushes what: a bounded memory of pushes by group, as JSON and as a page.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.pushers;

import org.jspecify.annotations.NullMarked;
