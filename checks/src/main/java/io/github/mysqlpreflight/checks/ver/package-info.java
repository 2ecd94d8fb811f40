/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of what the servers are: kind of server, release series, and whether the one can replicate from the other.
 *
 * <p>Which series goes with which stands in {@code replication-paths.txt}; what single objects lose on the way is
 * checked in {@code upgrade}.
 */
@NullMarked
package io.github.mysqlpreflight.checks.ver;

import org.jspecify.annotations.NullMarked;
