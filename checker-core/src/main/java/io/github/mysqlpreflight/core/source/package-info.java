/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How a source is named: the URI, the option file, the environment and the flags, merged into one {@link
 * io.github.mysqlpreflight.core.source.SourceUri}, and the one type that holds a password. Nothing here opens a connection, and nothing here
 * puts any part of what was given as a URI into a message.
 */
@NullMarked
package io.github.mysqlpreflight.core.source;

import org.jspecify.annotations.NullMarked;
