/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tests of the API over real sockets, against tasks that live in memory.
 *
 * <p>No store and no source is needed here; those have tests of their own.
 */
@NullMarked
package io.github.mysqlpreflight.server.http;

import org.jspecify.annotations.NullMarked;
