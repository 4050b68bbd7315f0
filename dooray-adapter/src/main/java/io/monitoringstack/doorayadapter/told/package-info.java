/**
 * Remembers what each alert group was told last: fingerprints and times, no texts.
 */
@NullMarked
package io.monitoringstack.doorayadapter.told;

import org.jspecify.annotations.NullMarked;
