/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.priv;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class PrivChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.PRIVILEGES;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new PrivLockTables(),
                new PrivOverPrivileged(),
                new PrivPartialRevokes(),
                new PrivProcess(),
                new PrivReload(),
                new PrivReplication(),
                new PrivRolesEffective(),
                new PrivSelect(),
                new PrivShowView(),
                new PrivSystemTables(),
                new PrivTriggerEventRoutine(),
                new PrivVisibility());
    }
}
