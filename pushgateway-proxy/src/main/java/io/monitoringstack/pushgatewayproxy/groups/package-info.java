/**
 * Groups in Pushgateway as a whole: which are there, which are to go because they are old
 * or because somebody says so.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.groups;

import org.jspecify.annotations.NullMarked;
