/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs: from a source to a snapshot, from a snapshot to an assessment.
 *
 * <p>Knows no check by name, and renders nothing.
 */
@NullMarked
package io.github.mysqlpreflight.core.engine;

import org.jspecify.annotations.NullMarked;
