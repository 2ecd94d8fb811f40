/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How the tables of versions that come with the tool are read: what was added, reserved or removed in which release.
 *
 * <p>Knows how a file looks, not what it says; the only place of this module that opens one.
 */
@NullMarked
package io.github.mysqlpreflight.checks.data;

import org.jspecify.annotations.NullMarked;
