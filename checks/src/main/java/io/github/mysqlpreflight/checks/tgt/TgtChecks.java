/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.tgt;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class TgtChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.TARGET;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new TgtConnection(),
                new TgtDisk(),
                new TgtEmptyOrHa(),
                new TgtLocalInfile(),
                new TgtPrivileges(),
                new TgtWritable());
    }
}
