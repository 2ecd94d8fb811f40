/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.probe;

import io.github.mysqlpreflight.core.snapshot.FactKey;
import io.github.mysqlpreflight.core.snapshot.Facts;
import io.github.mysqlpreflight.core.snapshot.Plugins;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The plugins that are there. */
final class PluginsProbe implements Probe<Plugins> {
    @Override
    public FactKey<Plugins> key() {
        return Facts.PLUGINS;
    }

    @Override
    public String remedy() {
        return "Every account may list the plugins; look at the server's error log";
    }

    @Override
    public Plugins read(ProbeContext context) throws SQLException {
        List<Plugins.Plugin> plugins = new ArrayList<>();
        context.query(
                "SELECT PLUGIN_NAME, PLUGIN_STATUS, PLUGIN_TYPE, PLUGIN_LIBRARY FROM information_schema.PLUGINS",
                row -> plugins.add(new Plugins.Plugin(
                        ProbeContext.text(row, 1),
                        ProbeContext.text(row, 2, ""),
                        ProbeContext.text(row, 3, ""),
                        row.getString(4))));
        return new Plugins(plugins);
    }
}
