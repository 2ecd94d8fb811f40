/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How a server is named and connected to: its URI, the one type that holds a password, and the read-only session.
 *
 * <p>Nothing outside of this package sees a password or a property of the driver.
 */
@NullMarked
package io.github.mysqlpreflight.core.source;

import org.jspecify.annotations.NullMarked;
