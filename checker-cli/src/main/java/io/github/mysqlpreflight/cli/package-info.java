/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line: commands and their options, the text report, exit codes and diagnostics.
 *
 * <p>Everything written to a terminal is written here. No rule of a check and no SQL lives here.
 */
@NullMarked
package io.github.mysqlpreflight.cli;

import org.jspecify.annotations.NullMarked;
