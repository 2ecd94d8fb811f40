/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What was read from a server, as immutable facts, and the file they are saved in.
 *
 * <p>Nothing here opens a connection or judges a fact.
 */
@NullMarked
package io.github.mysqlpreflight.core.snapshot;

import org.jspecify.annotations.NullMarked;
