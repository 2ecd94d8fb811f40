/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.testkit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks for the servers that {@link NeedsServer} names. */
final class NeedsServerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<NeedsServer> needs = AnnotationSupport.findAnnotation(context.getElement(), NeedsServer.class);
        if (needs.isPresent()) {
            for (Release release : needs.get().value()) {
                Optional<String> reason = Requirements.reasonToSkip(release);
                if (reason.isPresent()) {
                    return ConditionEvaluationResult.disabled(reason.get());
                }
            }
        }
        return ConditionEvaluationResult.enabled("nothing is missing");
    }
}
