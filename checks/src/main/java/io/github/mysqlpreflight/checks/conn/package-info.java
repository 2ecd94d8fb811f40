/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of the connection to the source: whether there is one, how it is encrypted, whether a replica could log
 * in too.
 *
 * <p>What the account may do once it is in is checked in {@code priv}; the connection to the target in {@code tgt}.
 */
@NullMarked
package io.github.mysqlpreflight.checks.conn;

import org.jspecify.annotations.NullMarked;
