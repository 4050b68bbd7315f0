/**
 * Looks at the configuration instead of serving: <code>--check</code>.
 */
@NullMarked
package io.monitoringstack.doorayadapter.check;

import org.jspecify.annotations.NullMarked;
