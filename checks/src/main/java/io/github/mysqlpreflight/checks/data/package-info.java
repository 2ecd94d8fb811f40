/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reading of the tool's own data files, which say what came, changed and went with which release.
 *
 * <p>What stands in them is the business of the package that a file lies in.
 */
@NullMarked
package io.github.mysqlpreflight.checks.data;

import org.jspecify.annotations.NullMarked;
