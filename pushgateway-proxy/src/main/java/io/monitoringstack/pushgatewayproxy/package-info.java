/**
 * Takes pushes for Pushgateway, checks them and turns PUT into POST.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy;

import org.jspecify.annotations.NullMarked;
