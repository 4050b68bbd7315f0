/**
 * A small steady visitor of the service's own API.
 */
@NullMarked
package io.monitoringstack.demoapp.load;

import org.jspecify.annotations.NullMarked;
