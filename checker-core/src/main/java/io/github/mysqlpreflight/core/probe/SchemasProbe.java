/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Schemas;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The databases the account may see. */
final class SchemasProbe implements Probe<Schemas> {
    @Override
    public FactKey<Schemas> key() {
        return Facts.SCHEMAS;
    }

    @Override
    public String remedy() {
        return "GRANT SELECT ON *.* to the account";
    }

    @Override
    public Schemas read(ProbeContext context) throws SQLException {
        List<Schemas.Schema> schemas = new ArrayList<>();
        context.stream(
                "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA",
                row -> schemas.add(new Schemas.Schema(ProbeContext.text(row, 1), row.getString(2), row.getString(3))));
        return new Schemas(schemas);
    }
}
