/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of global transaction identifiers, by which a replica finds its place.
 *
 * <p>What the binary log itself must be like is checked in {@code binlog}.
 */
@NullMarked
package io.github.mysqlpreflight.checks.gtid;

import org.jspecify.annotations.NullMarked;
