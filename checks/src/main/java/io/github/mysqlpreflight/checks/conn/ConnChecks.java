/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.conn;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class ConnChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.CONNECTION;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new ConnAccountHost(),
                new ConnAuthPlugin(),
                new ConnMaxConnections(),
                new ConnReplPasswordLength(),
                new ConnSource(),
                new ConnSourceHostLength(),
                new ConnTargetToSource(),
                new ConnTimeouts(),
                new ConnTls());
    }
}
