/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.dump;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class DumpChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.DUMP;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new DumpDdlQuiet(),
                new DumpFtwrl(),
                new DumpLongTrx(),
                new DumpMaxAllowedPacket(),
                new DumpNontransactional(),
                new DumpToolVsVersion(),
                new DumpXa());
    }
}
