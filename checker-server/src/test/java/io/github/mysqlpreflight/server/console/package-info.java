/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The console in a real browser against a real server. Says what a person does and sees; nothing here knows how the page is made,
 * but for the ids and classes by which it is addressed.
 */
@NullMarked
package io.github.mysqlpreflight.server.console;

import org.jspecify.annotations.NullMarked;
