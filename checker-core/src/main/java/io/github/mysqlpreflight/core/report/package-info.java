/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The result of a check run, and its machine-readable form.
 *
 * <p>Facts and judgements only; how a person sees them is the business of the renderers.
 */
@NullMarked
package io.github.mysqlpreflight.core.report;

import org.jspecify.annotations.NullMarked;
