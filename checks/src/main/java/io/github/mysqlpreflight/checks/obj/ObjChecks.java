/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.checks.obj;

import io.github.mysqlpreflight.core.check.Category;
import io.github.mysqlpreflight.core.check.Check;
import io.github.mysqlpreflight.core.check.CheckProvider;
import java.util.List;

/** The checks of this category, ordered by id. */
public final class ObjChecks implements CheckProvider {
    @Override
    public Category category() {
        return Category.OBJECTS;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new ObjAccounts(),
                new ObjCaseCollision(),
                new ObjCharset(),
                new ObjCompressedEncrypted(),
                new ObjCount(),
                new ObjDataEnum(),
                new ObjDataOverlong(),
                new ObjDataScan(),
                new ObjDataZeroDates(),
                new ObjDefiners(),
                new ObjEngine(),
                new ObjEvents(),
                new ObjFkCascade(),
                new ObjForeignKeys(),
                new ObjGenerated(),
                new ObjGipkInvisible(),
                new ObjPartitions(),
                new ObjPkNullableUnique(),
                new ObjPkType(),
                new ObjPrimaryKey(),
                new ObjRowSize(),
                new ObjSameNameTarget(),
                new ObjSelection(),
                new ObjSystemDbNames(),
                new ObjTablespaces(),
                new ObjTriggers(),
                new ObjViews());
    }
}
