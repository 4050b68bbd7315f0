/**
 * Health answers for people, probes and orchestrators.
 */
@NullMarked
package io.monitoringstack.demoapp.health;

import org.jspecify.annotations.NullMarked;
