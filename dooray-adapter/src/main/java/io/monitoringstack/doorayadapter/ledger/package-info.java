/**
 * What became of the last deliveries, for people: counts and outcomes, never texts or
 * addresses.
 */
@NullMarked
package io.monitoringstack.doorayadapter.ledger;

import org.jspecify.annotations.NullMarked;
