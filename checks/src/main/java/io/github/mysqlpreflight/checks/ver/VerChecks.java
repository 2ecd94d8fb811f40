/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.ver;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class VerChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.VERSION;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new VerFlavor(),
                new VerMariadbOnly(),
                new VerNameChars(),
                new VerPair(),
                new VerReservedWords(),
                new VerSupported(),
                new VerUpgradeSyntax());
    }
}
