/**
 * The way out: the hooks, their pace and the HTTP exchange with Dooray.
 */
@NullMarked
package io.monitoringstack.doorayadapter.dooray;

import org.jspecify.annotations.NullMarked;
