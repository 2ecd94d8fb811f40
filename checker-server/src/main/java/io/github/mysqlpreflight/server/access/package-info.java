/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who may ask, and which servers may be asked: tokens and the allow-list of sources.
 *
 * <p>Decisions only; nothing here speaks HTTP or opens a connection.
 */
@NullMarked
package io.github.mysqlpreflight.server.access;

import org.jspecify.annotations.NullMarked;
