/**
 * Memos in a relational database.
 */
@NullMarked
package io.monitoringstack.demoapp.memo.jdbc;

import org.jspecify.annotations.NullMarked;
