/**
 * Where this process listens.
 */
@NullMarked
package io.monitoringstack.demoapp.local;

import org.jspecify.annotations.NullMarked;
