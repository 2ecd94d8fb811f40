/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the configuration file says, as values.
 *
 * <p>Reading and validating only; nothing here acts on it.
 */
@NullMarked
package io.github.mysqlpreflight.server.config;

import org.jspecify.annotations.NullMarked;
