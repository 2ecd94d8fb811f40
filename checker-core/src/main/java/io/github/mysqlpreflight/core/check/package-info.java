/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The contract between the engine and a check.
 *
 * <p>Immutable types only; nothing here opens a connection, reads a file or knows a check by name.
 */
@NullMarked
package io.github.mysqlpreflight.core.check;

import org.jspecify.annotations.NullMarked;
