/**
 * What the static page needs from the server.
 */
@NullMarked
package io.monitoringstack.dooraysimulator.page;

import org.jspecify.annotations.NullMarked;
