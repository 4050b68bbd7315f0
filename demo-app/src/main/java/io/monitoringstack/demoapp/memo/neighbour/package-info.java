/**
 * Text figures asked from a neighbour over HTTP.
 */
@NullMarked
package io.monitoringstack.demoapp.memo.neighbour;

import org.jspecify.annotations.NullMarked;
