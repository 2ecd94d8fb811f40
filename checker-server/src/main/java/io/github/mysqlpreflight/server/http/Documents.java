/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import io.github.mysqlpreflight.server.task.Task;
import io.github.mysqlpreflight.server.task.TaskDocument;
import io.github.mysqlpreflight.server.task.TaskState;
import io.github.mysqlpreflight.server.task.Tasks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;

/** Hands out assessments: compressed, as they are kept, to who takes that; unpacked on the way to others. */
final class Documents {
    /** The page names the policy it was written for among its first lines, before anything that comes from a source. */
    private static final int POLICY_WITHIN = 4_096;

    private static final String POLICY_START = "http-equiv=\"Content-Security-Policy\" content=\"";

    /** For a page without a policy of its own: no script. */
    private static final String PLAIN =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final Tasks tasks;

    Documents(Tasks tasks) {
        this.tasks = tasks;
    }

    void send(Exchange exchange, Task task, TaskDocument kind) {
        if (task.state() != TaskState.ENDED) {
            throw ApiException.of(409, "task_not_ended", "The task has not ended yet");
        }
        byte[] packed = tasks.document(task.project(), task.service(), task.id(), kind);
        if (packed == null) {
            throw ApiException.notFound("no_assessment", "The task ended without an assessment: " + task.result());
        }
        HttpFields.Mutable headers = exchange.response().getHeaders();
        headers.put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        String type = switch (kind) {
            case JSON -> Exchange.JSON;
            case HTML -> {
                headers.put(SecurityHeaders.POLICY, policy(packed) + "; frame-ancestors 'none'");
                yield "text/html;charset=utf-8";
            }
        };
        List<String> encodings = exchange.request().getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING);
        if (encodings.contains("gzip") || encodings.contains("*")) {
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
            exchange.send(200, type, packed);
        } else {
            headers.put(HttpHeader.CONTENT_TYPE, type);
            exchange.response().setStatus(200);
            Content.copy(Content.Source.from(unpacked(packed)), exchange.response(), exchange.callback());
        }
    }

    /** The policy that the page was written with, so that a page of an older version is let do what that needed. */
    private static String policy(byte[] packed) {
        String head;
        try (InputStream in = unpacked(packed)) {
            head = new String(in.readNBytes(POLICY_WITHIN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("an assessment cannot be unpacked", e);
        }
        int start = head.indexOf(POLICY_START);
        int title = head.indexOf("<title");
        int end = start < 0 ? -1 : head.indexOf('"', start + POLICY_START.length());
        if (end < 0 || (title >= 0 && title < start)) {
            return PLAIN;
        }
        String policy = head.substring(start + POLICY_START.length(), end)
                .replace("&#39;", "'")
                .replace("&apos;", "'");
        for (int i = 0; i < policy.length(); i++) {
            if (policy.charAt(i) < ' ' || policy.charAt(i) > '~') {
                return PLAIN;
            }
        }
        return policy;
    }

    private static InputStream unpacked(byte[] packed) {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(packed), 8_192);
        } catch (IOException e) {
            throw new UncheckedIOException("an assessment cannot be unpacked", e);
        }
    }
}
