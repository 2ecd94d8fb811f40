/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes elements as they come, keeps nothing but the names of those that are open, and escapes every text. A page it wrote is
 * well-formed XML but for its first line and the two texts of {@link #verbatim}.
 */
final class HtmlWriter {
    private final Writer out;
    private final Deque<String> open = new ArrayDeque<>();

    HtmlWriter(Writer out) {
        this.out = requireNonNull(out, "out is null");
    }

    /** Begins an element. */
    HtmlWriter start(String tag) throws IOException {
        out.write('<');
        out.write(tag);
        out.write('>');
        open.push(tag);
        return this;
    }

    /** Begins an element that has attributes, given as name, value, name, value. */
    HtmlWriter start(String tag, String... attributes) throws IOException {
        tag(tag, attributes);
        out.write('>');
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last, which has to be of that name. */
    HtmlWriter end(String tag) throws IOException {
        String last = open.pop();
        if (!last.equals(tag)) {
            throw new IllegalStateException("the element " + tag + " ends inside " + last);
        }
        out.write("</");
        out.write(tag);
        out.write('>');
        return this;
    }

    /** An element that never has content. */
    HtmlWriter empty(String tag, String... attributes) throws IOException {
        tag(tag, attributes);
        out.write("/>");
        return this;
    }

    /** An element with nothing but text in it. */
    HtmlWriter element(String tag, String text) throws IOException {
        return start(tag).text(text).end(tag);
    }

    /** An element with attributes and nothing but text in it. */
    HtmlWriter element(String tag, String text, String... attributes) throws IOException {
        return start(tag, attributes).text(text).end(tag);
    }

    /** Text of anybody: what is not printed as itself is shown as its code point. */
    HtmlWriter text(String text) throws IOException {
        escape(SafeText.of(text));
        return this;
    }

    /** A line end, for a page that can be read with an editor too. */
    HtmlWriter line() throws IOException {
        out.write('\n');
        return this;
    }

    /** Style or script of this tool, which stands as it is. */
    HtmlWriter verbatim(String content) throws IOException {
        out.write(content);
        return this;
    }

    /** Hands everything on. */
    void flush() throws IOException {
        if (!open.isEmpty()) {
            throw new IllegalStateException("the element " + open.peek() + " does not end");
        }
        out.flush();
    }

    private void tag(String tag, String... attributes) throws IOException {
        out.write('<');
        out.write(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.write(' ');
            out.write(attributes[i]);
            out.write("=\"");
            text(attributes[i + 1]);
            out.write('"');
        }
    }

    private void escape(String text) throws IOException {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String reference = switch (text.charAt(i)) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> "";
            };
            if (!reference.isEmpty()) {
                out.write(text, from, i - from);
                out.write(reference);
                from = i + 1;
            }
        }
        out.write(text, from, text.length() - from);
    }
}
