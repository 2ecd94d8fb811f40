/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the test servers themselves. Nothing of the checker is tested here. */
@NullMarked
package io.github.mysqlpreflight.testkit;

import org.jspecify.annotations.NullMarked;
