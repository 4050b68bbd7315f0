/**
 * Settings in files of lines that are read again when they change.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.settings;

import org.jspecify.annotations.NullMarked;
