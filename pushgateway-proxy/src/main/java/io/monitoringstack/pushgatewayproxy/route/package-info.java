/**
 * The route table: which requests go where, through what. Everything is put together
 * here.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.route;

import org.jspecify.annotations.NullMarked;
