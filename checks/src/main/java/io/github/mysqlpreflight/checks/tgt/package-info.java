/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of the server to migrate to: whether it can be reached, written to, and holds what comes.
 *
 * <p>Whether its version suits the source is checked in {@code ver}, its GTIDs and ids in {@code gtid} and {@code
 * binlog}.
 */
@NullMarked
package io.github.mysqlpreflight.checks.tgt;

import org.jspecify.annotations.NullMarked;
