/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

/** The beginnings of the result messages; a public contract. */
public final class Verdicts {
    public static final String PASSED = "All pre-checks passed successfully, preferred migration method will be [";
    public static final String NOT_ALL_PASSED =
            "Not all pre-checks passed successfully, preferred migration method will be [";
    public static final String FAILED = "Migration pre-checks failed: ";

    private Verdicts() {}
}
