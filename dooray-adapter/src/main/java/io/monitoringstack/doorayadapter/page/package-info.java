/**
 * The page for people: its files are in <code>static</code>, its protection is here.
 */
@NullMarked
package io.monitoringstack.doorayadapter.page;

import org.jspecify.annotations.NullMarked;
