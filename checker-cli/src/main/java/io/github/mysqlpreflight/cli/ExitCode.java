/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

/** What the process ends with; a public contract. */
final class ExitCode {
    static final int SUCCESS = 0;
    static final int BROKEN = 1;
    static final int WRONG_USE = 2;
    static final int PRE_CHECKS_FAILED = 3;
    static final int UNREACHABLE = 4;

    private ExitCode() {}
}
