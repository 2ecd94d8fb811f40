/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Real MySQL servers for tests: any release, any settings, in one line, from unpacked binaries or from containers; and where a
 * browser is.
 * Nothing here knows the checker, and nothing outside tests may use it.
 */
@NullMarked
package io.github.mysqlpreflight.testkit;

import org.jspecify.annotations.NullMarked;
