/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of the binary log, from which a replica reads.
 *
 * <p>How its transactions are numbered is checked in {@code gtid}.
 */
@NullMarked
package io.github.mysqlpreflight.checks.binlog;

import org.jspecify.annotations.NullMarked;
