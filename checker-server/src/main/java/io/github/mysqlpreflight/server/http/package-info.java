/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The API over HTTP, the pages, and what is spoken there: routes, bodies, errors, limits.
 *
 * <p>Nothing here touches the store or a source; that is the business of the tasks.
 */
@NullMarked
package io.github.mysqlpreflight.server.http;

import org.jspecify.annotations.NullMarked;
