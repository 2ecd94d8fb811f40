/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The probes: each one bounded read of a server that fills one part of a snapshot. Only here is SQL spoken.
 *
 * <p>A probe judges nothing, locks nothing, writes nothing and never asks once per table.
 */
@NullMarked
package io.github.mysqlpreflight.core.probe;

import org.jspecify.annotations.NullMarked;
