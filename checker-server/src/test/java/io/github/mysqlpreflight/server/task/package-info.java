/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the tasks on real databases, with real sources where that matters. */
@NullMarked
package io.github.mysqlpreflight.server.task;

import org.jspecify.annotations.NullMarked;
