/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Remedies that several checks give, in the words of the place where they have to be applied.
 *
 * <p>Knows servers and settings, and judges nothing.
 */
@NullMarked
package io.github.mysqlpreflight.checks.advice;

import org.jspecify.annotations.NullMarked;
