/**
 * Hides what tells of a person before a text leaves.
 */
@NullMarked
package io.monitoringstack.doorayadapter.privacy;

import org.jspecify.annotations.NullMarked;
