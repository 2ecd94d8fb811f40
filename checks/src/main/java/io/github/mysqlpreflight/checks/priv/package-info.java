/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of what the migration account may do and see.
 *
 * <p>How a server resolves grants is known in {@code core.snapshot}; here is only what a migration needs of them.
 */
@NullMarked
package io.github.mysqlpreflight.checks.priv;

import org.jspecify.annotations.NullMarked;
