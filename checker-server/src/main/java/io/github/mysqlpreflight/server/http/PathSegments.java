/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes paths apart. */
final class PathSegments {
    private PathSegments() {}

    /** The texts between the slashes behind the first one. */
    static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (start <= path.length()) {
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            }
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        return segments;
    }

    /**
     * The decoded texts between the slashes of a path as it was sent.
     *
     * @throws ApiException where an escape is malformed, not UTF-8, or stands for a slash
     */
    static List<String> decode(String path) {
        if (!path.startsWith("/")) {
            throw ApiException.invalid("The path does not begin with a slash");
        }
        List<String> segments = split(path);
        segments.replaceAll(PathSegments::decodeSegment);
        return segments;
    }

    private static String decodeSegment(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw ApiException.invalid("A percent escape in the path is malformed");
                }
                decoded.put((byte) (high * 16 + low));
                i += 2;
            } else {
                decoded.put(bytes[i]);
            }
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("A percent escape in the path is not UTF-8");
        }
        if (text.indexOf('/') >= 0) {
            throw ApiException.invalid("A name in the path holds a slash");
        }
        return text;
    }
}
