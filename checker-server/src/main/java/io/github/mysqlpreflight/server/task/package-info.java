/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks as tasks: what is asked for, how it is kept, queued, run and ended.
 *
 * <p>Nothing here knows of HTTP, and of the engine only {@code Preflight}, the assessment and the renderers.
 */
@NullMarked
package io.github.mysqlpreflight.server.task;

import org.jspecify.annotations.NullMarked;
