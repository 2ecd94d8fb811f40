/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tests of the server as a whole, with a store and the real engine.
 *
 * <p>What a part does by itself is tested in that part's package.
 */
@NullMarked
package io.github.mysqlpreflight.server;

import org.jspecify.annotations.NullMarked;
