/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import static java.util.Objects.requireNonNull;

import io.github.mysqlpreflight.core.check.Finding;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A finding that the user has accepted: shown with the reason, and no reason against a method.
 *
 * @param finding as the outcome holds it
 * @param reason why it is accepted, one line
 * @param until the last day on which it is; null for no end
 */
public record AcceptedFinding(
        Finding finding, String reason, @Nullable LocalDate until) {
    public AcceptedFinding {
        requireNonNull(finding, "finding is null");
        requireNonNull(reason, "reason is null");
    }
}
