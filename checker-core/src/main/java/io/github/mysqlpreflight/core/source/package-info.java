/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How a server is named (URI, option file, environment, flags), the one type that holds a password, and the read-only
 * session over a small pool.
 *
 * <p>No statement about the server's state is sent from here, and no part of a URI gets into a message.
 */
@NullMarked
package io.github.mysqlpreflight.core.source;

import org.jspecify.annotations.NullMarked;
