/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.check.Method;
import io.github.mysqlpreflight.core.check.PlainText;
import io.github.mysqlpreflight.core.report.Verdicts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task ends.
 *
 * @param success whether the databases can be migrated as was asked
 * @param result one line of printable ASCII without double quotes and backslashes; not empty
 * @param method the recommended method; null where there is none
 * @param codes what blocked
 * @param documents the assessment, compressed by gzip; empty where there is none
 */
record Ending(
        boolean success,
        String result,
        @Nullable Method method,
        List<ResultCode> codes,
        Map<TaskDocument, byte[]> documents) {
    Ending {
        codes = List.copyOf(codes);
        documents = Map.copyOf(documents);
    }

    /** With an error: nothing was judged, for that reason. */
    static Ending failed(String reason) {
        return new Ending(false, Verdicts.FAILED + PlainText.line(reason), null, List.of(), Map.of());
    }

    /** With a bug of ours, of which the log says more. */
    static Ending broken(Throwable thrown) {
        return failed("internal error, " + thrown.getClass().getName() + ", see the log of the server");
    }
}
