/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the engine on real servers and hostile peers, which live here because the engine cannot depend on the testkit. No check is tested here. */
@NullMarked
package io.github.mysqlpreflight.testkit.engine;

import org.jspecify.annotations.NullMarked;
