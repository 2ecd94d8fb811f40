/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks of settings that have to be alike on both servers, or that decide what the same statement means on each.
 *
 * <p>Settings that only one of the servers needs are checked where they are needed.
 */
@NullMarked
package io.github.mysqlpreflight.checks.cfg;

import org.jspecify.annotations.NullMarked;
