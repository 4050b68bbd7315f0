/**
 * Who pushes, by tokens of which only hashes are known, and what they may push.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.identity;

import org.jspecify.annotations.NullMarked;
