/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What renderers share that more than the command line needs: the page, the sentences, and how foreign text is made safe to
 * show.
 *
 * <p>Functions of an assessment; no SQL is run here, no check is known by name, and nothing is found or judged.
 */
@NullMarked
package io.github.mysqlpreflight.core.render;

import org.jspecify.annotations.NullMarked;
