/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void printableIsOneLineOfAsciiWithoutQuotesAndBackslashes() {
        assertThat(Text.printable("a b'c~")).isEqualTo("a b'c~");
        assertThat(Text.printable("\"\\\n\u00e9\uD83D\uDE00\u007f")).isEqualTo("%22%5C%0A%C3%A9%F0%9F%98%80%7F");
    }

    @Test
    void encodedTextDecodesToItself() {
        String text = "a+b %@/?#\"\\\n\u00e9\uD83D\uDE00~\0";
        assertThat(Text.percentDecoded(Text.percentEncoded(text))).isEqualTo(text);
    }

    @Test
    void failureMessageIsAlwaysPrintable() {
        UnusableSourceException failure =
                new UnusableSourceException(UnusableSourceException.Code.FILE, "a\n\"b\"", "c\\d");

        assertThat(failure.message()).isEqualTo("a%0A%22b%22");
        assertThat(failure.advice()).isEqualTo("c%5Cd");
    }
}
