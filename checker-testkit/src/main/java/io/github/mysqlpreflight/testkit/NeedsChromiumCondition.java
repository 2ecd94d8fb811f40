/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for what {@link NeedsChromium} asks for. */
final class NeedsChromiumCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = Chromium.missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("nothing is missing");
        }
        if (Requirements.skipIsForbidden()) {
            throw new IllegalStateException(missing.get() + " (and -Dpreflight.skip=forbidden)");
        }
        return ConditionEvaluationResult.disabled(missing.get());
    }
}
