/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

/**
 * How many tasks there are in the store, of all instances.
 *
 * @param queued waiting
 * @param running being run
 * @param ended over, and kept
 */
public record TaskCounts(long queued, long running, long ended) {}
