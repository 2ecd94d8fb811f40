/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.engine.Blocker;
import io.github.mysqlpreflight.core.render.HtmlReport;
import io.github.mysqlpreflight.core.report.Assessment;
import io.github.mysqlpreflight.core.report.AssessmentJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What is kept of an assessment. */
final class Judgements {
    private static final int MOST_CODES = 1_000;

    private Judgements() {}

    /** @param leftOut how many checks were not made, because the task did not want them */
    static Ending of(Assessment assessment, int leftOut) {
        Map<TaskDocument, byte[]> documents = new EnumMap<>(TaskDocument.class);
        documents.put(TaskDocument.JSON, compressed(out -> AssessmentJson.write(assessment, out)));
        documents.put(TaskDocument.HTML, compressed(out -> HtmlReport.write(assessment, leftOut, out)));
        return new Ending(
                assessment.verdict().success(),
                assessment.verdict().result(),
                assessment.verdict().method(),
                codes(assessment),
                documents);
    }

    private static List<ResultCode> codes(Assessment assessment) {
        List<ResultCode> codes = new ArrayList<>();
        for (Blocker blocker : Blocker.of(assessment)) {
            if (codes.size() == MOST_CODES) {
                break;
            }
            codes.add(new ResultCode(blocker.check(), blocker.schema()));
        }
        return codes;
    }

    private interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] compressed(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
