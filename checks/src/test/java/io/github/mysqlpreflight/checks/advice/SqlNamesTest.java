/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mysqlpreflight.core.snapshot.GrantRules;
import org.junit.jupiter.api.Test;

class SqlNamesTest {
    @Test
    void doublesBackTicks() {
        assertThat(SqlNames.quote("shop")).isEqualTo("`shop`");
        assertThat(SqlNames.quote("a`b``c")).isEqualTo("`a``b````c`");
        assertThat(SqlNames.quote("my shop", "or`der")).isEqualTo("`my shop`.`or``der`");
    }

    @Test
    void escapesWhatAGrantTakesForAWildcard() {
        GrantRules rules = GrantRules.mysql(0);

        assertThat(SqlNames.grantPattern("a_b%c\\d`", rules)).isEqualTo("`a\\_b\\%c\\\\d```");
        assertThat(SqlNames.grantPattern("a_b%c\\d`", rules.withPartialRevokes(true)))
                .isEqualTo("`a_b%c\\d```");
    }
}
