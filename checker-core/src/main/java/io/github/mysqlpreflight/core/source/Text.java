/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Scanning by hand: no regular expressions and no {@code java.net.URI}, because both cost start-up time. */
final class Text {
    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private Text() {}

    /** Lower case of the ASCII letters only, so that no other letter folds into a keyword. */
    static String lowerCase(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return result.toString();
    }

    /** Without blanks, tabulators and line ends at both ends. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** A white space character of the C locale, as MySQL's option files count them. */
    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7E) {
                return false;
            }
        }
        return true;
    }

    /** The first of the characters at or after the position, or the length of the text. */
    static int indexOfAny(String text, String characters, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** One line of printable ASCII without double quotes and backslashes; what else there is stands as percent-encoded UTF-8. */
    static String printable(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= ' ' && codePoint <= '~' && codePoint != '"' && codePoint != '\\') {
                result.append((char) codePoint);
            } else {
                percentEncode(codePoint, result);
            }
            i += Character.charCount(codePoint);
        }
        return result.toString();
    }

    /** As it has to be written into a URI: all but letters, digits and {@code - _ . ~} percent-encoded. */
    static String percentEncoded(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (codePoint < 0x7F
                    && (isLetter((char) codePoint) || isDigit((char) codePoint) || "-_.~".indexOf(codePoint) >= 0)) {
                result.append((char) codePoint);
            } else {
                percentEncode(codePoint, result);
            }
            i += Character.charCount(codePoint);
        }
        return result.toString();
    }

    private static void percentEncode(int codePoint, StringBuilder result) {
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            result.append('%').append(HEXADECIMAL.charAt((b >> 4) & 0xF)).append(HEXADECIMAL.charAt(b & 0xF));
        }
    }

    /** The text with its percent escapes decoded as UTF-8 and {@code +} left alone; null if an escape is malformed or the result is not UTF-8. */
    static @Nullable String percentDecoded(String raw) {
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(raw));
        } catch (CharacterCodingException unpairedSurrogate) {
            return null;
        }
        byte[] decoded = new byte[encoded.remaining()];
        int length = 0;
        while (encoded.hasRemaining()) {
            byte b = encoded.get();
            if (b == '%') {
                if (encoded.remaining() < 2) {
                    return null;
                }
                int high = hexadecimal((char) encoded.get());
                int low = hexadecimal((char) encoded.get());
                if (high < 0 || low < 0) {
                    return null;
                }
                b = (byte) (high << 4 | low);
            }
            decoded[length++] = b;
        }
        return utf8(decoded, length);
    }

    /** The text of these bytes, or null if they are not UTF-8. */
    static @Nullable String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    private static int hexadecimal(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    static boolean isHexadecimal(char c) {
        return hexadecimal(c) >= 0;
    }

    /** The port that the digits say, or 0 if they are none or it is none. */
    static int port(String digits) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (!isDigit(c)) {
                return 0;
            }
            port = port * 10 + (c - '0');
            if (port > 65_535) {
                return 0;
            }
        }
        return port;
    }
}
