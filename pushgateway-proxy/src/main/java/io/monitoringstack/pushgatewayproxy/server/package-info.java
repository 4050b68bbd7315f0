/**
 * What the HTTP server does before a request reaches a route, and after one has failed.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.server;

import org.jspecify.annotations.NullMarked;
