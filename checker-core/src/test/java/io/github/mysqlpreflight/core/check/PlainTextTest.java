/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlainTextTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(PlainText.line("Access denied for user 'mig'@'10.0.0.7' (using password: YES)"))
                .isEqualTo("Access denied for user 'mig'@'10.0.0.7' (using password: YES)");
        assertThat(PlainText.line("")).isEmpty();
    }

    @Test
    void lineTurnsQuotesAndBreaksIntoTheirNearest() {
        assertThat(PlainText.line(" say \"x\"\n\tthen\r ")).isEqualTo("say 'x'  then");
    }

    @Test
    void whatIsNoPrintableAsciiBecomesItsCodePoint() {
        assertThat(PlainText.line("a\\b\u007f\u00e9\u65e5")).isEqualTo("a<U+005C>b<U+007F><U+00E9><U+65E5>");
        assertThat(PlainText.line(new String(Character.toChars(0x1F600)))).isEqualTo("<U+1F600>");
    }

    @Test
    void namesKeepTheirIdentity() {
        assertThat(PlainText.name("a\"b")).isEqualTo("a<U+0022>b").isNotEqualTo(PlainText.name("a'b"));
    }
}
