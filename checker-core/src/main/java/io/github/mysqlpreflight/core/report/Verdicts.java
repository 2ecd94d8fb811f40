/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

/** The beginnings of the result messages; a public contract. */
public final class Verdicts {
    public static final String PASSED = "All pre-checks passed successfully, preferred migration method will be [";
    public static final String NOT_ALL_PASSED =
            "Not all pre-checks passed successfully, preferred migration method will be [";
    public static final String FAILED = "Migration pre-checks failed: ";

    /** For a part of the checks, of which none blocks. */
    public static final String NO_METHOD = "No method is recommended: ";

    /** Before the checks that could block a method and did not see all they needed. */
    public static final String NOT_VERIFIED = "not verified: ";

    private Verdicts() {}
}
