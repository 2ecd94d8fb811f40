/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of the databases to migrate and what is in them.
 *
 * <p>Whether the account may see and read them is checked in {@code priv}.
 */
@NullMarked
package io.github.mysqlpreflight.checks.obj;

import org.jspecify.annotations.NullMarked;
