/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The server as a whole: starting and stopping it.
 *
 * <p>What a part of it does lives in that part's package; nothing here speaks HTTP or SQL.
 */
@NullMarked
package io.github.mysqlpreflight.server;

import org.jspecify.annotations.NullMarked;
