/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The SQL text of stored programs and views: where it is kept in a snapshot, and how it falls into words.
 *
 * <p>Knows MySQL's and MariaDB's lexical rules and no grammar; what a word means is judged by the checks.
 */
@NullMarked
package io.github.mysqlpreflight.checks.sql;

import org.jspecify.annotations.NullMarked;
