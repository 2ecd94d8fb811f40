/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of what a consistent dump needs.
 *
 * <p>What the account must be allowed for it is checked in {@code priv}.
 */
@NullMarked
package io.github.mysqlpreflight.checks.dump;

import org.jspecify.annotations.NullMarked;
