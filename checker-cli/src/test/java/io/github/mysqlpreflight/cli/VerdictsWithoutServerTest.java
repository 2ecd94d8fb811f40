/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

/** The verdicts where there is no server, or none that answers. */
final class VerdictsWithoutServerTest extends VerdictMatrix {}
