/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TuningTest {
    @Test
    void oldTasksAreRemovedSoonAfterTheirTimeIsOver() {
        assertThat(sweep(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(sweep(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(2));
        assertThat(sweep(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(6));
        assertThat(sweep(Duration.ofDays(30))).isEqualTo(Duration.ofMinutes(15));
    }

    private static Duration sweep(Duration keep) {
        return Tuning.defaults(keep).sweep();
    }
}
