/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.cli;

import io.github.mysqlpreflight.core.source.Password;
import org.jspecify.annotations.Nullable;

/** Whether a person sits there. */
interface Terminal {
    /** Whether standard output goes to a terminal. */
    boolean isOut();

    /** Whether standard error goes to a terminal. */
    boolean isErr();

    /** Asks for a password without showing it; null where there is nobody to ask. */
    @Nullable
    Password askPassword(String prompt);
}
