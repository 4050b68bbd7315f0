/**
 * The operator's own texts: files in a language that can choose and repeat but not run
 * anything.
 */
@NullMarked
package io.monitoringstack.doorayadapter.template;

import org.jspecify.annotations.NullMarked;
