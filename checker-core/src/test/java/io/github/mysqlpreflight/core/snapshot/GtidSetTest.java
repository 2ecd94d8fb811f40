/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidSetTest {
    private static final String A = "0a11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "b03f2c1e-71ca-11e1-9e33-c80aa9429562";

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n", ",", " ,\n, "})
    void anEmptyTextIsAnEmptySet(String text) {
        assertThat(GtidSet.parse(text).isEmpty()).isTrue();
        assertThat(GtidSet.parse(text)).isEqualTo(GtidSet.empty()).hasToString("");
    }

    @Test
    void readsWhatAServerPrints() {
        assertThat(GtidSet.parse(A + ":1-23:25,\n" + B + ":7")).hasToString(A + ":1-23:25," + B + ":7");
    }

    @Test
    void readsBlanksAndAnyCase() {
        assertThat(GtidSet.parse("  " + A.toUpperCase(Locale.ROOT) + " : 1 - 3 : 5 ,\r\n" + B + ":7\t"))
                .isEqualTo(GtidSet.parse(A + ":1-3:5," + B + ":7"));
    }

    @ParameterizedTest
    @CsvSource({
        "1-3:2-5, 1-5",
        "1-3:4, 1-4",
        "7:1-2:3, 1-3:7",
        "1-9:2-3, 1-9",
        "5:5, 5",
        "3-1:8, 8",
        "9223372036854775806:9223372036854775807, 9223372036854775806-9223372036854775807",
    })
    void sortsAndMergesIntervals(String written, String canonical) {
        assertThat(GtidSet.parse(A + ":" + written)).hasToString(A + ":" + canonical);
    }

    @Test
    void mergesAServerThatIsNamedTwice() {
        assertThat(GtidSet.parse(B + ":3," + A + ":1," + B + ":1-2")).hasToString(A + ":1," + B + ":1-3");
    }

    @Test
    void keepsTagsApart() {
        assertThat(GtidSet.parse(A + ":zeta:4:1-5:Alpha:2:3," + A + ":9:alpha:1"))
                .hasToString(A + ":9:alpha:1-3:zeta:1-5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:0",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:1-",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:-1",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:1-2-3",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:9223372036854775808",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:a-b:1",
                "0a11fa47-71ca-11e1-9e33-c80aa9429562:abcdefghijklmnopqrstuvwxyz0123456:1",
                "0g11fa47-71ca-11e1-9e33-c80aa9429562:1",
                "0a11fa47x71ca-11e1-9e33-c80aa9429562:1",
                "0-1-23",
            })
    void refusesWhatIsNoSet(String text) {
        assertThatThrownBy(() -> GtidSet.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a set of GTIDs");
    }

    @ParameterizedTest
    @CsvSource({
        "1-10, 3-5, 1-2:6-10",
        "1-10, 1-10, ''",
        "1-10, 1-9, 10",
        "1-10, 2-20, 1",
        "5, 1-4:6-9, 5",
        "1-3:5-7:9-11, 2-10, 1:11",
        "1-3:5-7, 6:2, 1:3:5:7",
        "1-9223372036854775807, 9223372036854775807, 1-9223372036854775806",
        "1-9223372036854775807, 1-9223372036854775807, ''",
    })
    void subtractsWithinAServer(String minuend, String subtrahend, String left) {
        String expected = left.isEmpty() ? "" : A + ":" + left;
        assertThat(GtidSet.parse(A + ":" + minuend).subtract(GtidSet.parse(A + ":" + subtrahend)))
                .hasToString(expected);
    }

    @Test
    void subtractsServerByServerAndTagByTag() {
        GtidSet minuend = GtidSet.parse(A + ":1-5:batch:1-5," + B + ":1-5");

        assertThat(minuend.subtract(GtidSet.parse(A + ":1-5"))).hasToString(A + ":batch:1-5," + B + ":1-5");
        assertThat(minuend.subtract(GtidSet.parse(A + ":batch:1-4," + B + ":1-9")))
                .hasToString(A + ":1-5:batch:5");
        assertThat(minuend.subtract(minuend)).isEqualTo(GtidSet.empty());
        assertThat(minuend.subtract(GtidSet.empty())).isEqualTo(minuend);
    }

    @Test
    void leavesOutAServerWithAllItsTags() {
        GtidSet set = GtidSet.parse(A + ":1-5:batch:7," + B + ":1");

        assertThat(set.without(A.toUpperCase(Locale.ROOT))).hasToString(B + ":1");
        assertThat(set.without("unheard of")).isEqualTo(set);
        assertThat(set).as("is left as it was").hasToString(A + ":1-5:batch:7," + B + ":1");
    }

    @Test
    void cutsALongText() {
        assertThat(GtidSet.parse(A + ":1-5").toShortString(39)).isEqualTo(A + "...");
        assertThat(GtidSet.parse(A + ":1").toShortString(38)).isEqualTo(A + ":1");
    }

    @Test
    void takesASetOfVeryManyIntervals() {
        StringBuilder text = new StringBuilder(A);
        for (long number = 1; number < 400_000; number += 2) {
            text.append(':').append(number);
        }
        GtidSet set = GtidSet.parse(text.toString());

        assertThat(set.toString()).isEqualTo(text.toString());
        assertThat(set.subtract(GtidSet.parse(A + ":1-399998"))).hasToString(A + ":399999");
    }
}
