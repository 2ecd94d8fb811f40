/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.cfg;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class CfgChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.SETTINGS;
    }

    @Override
    public List<Check> checks() {
        return List.of(new CfgLowerCase(), new CfgMisc(), new CfgSqlMode(), new CfgStrictInnodb());
    }
}
