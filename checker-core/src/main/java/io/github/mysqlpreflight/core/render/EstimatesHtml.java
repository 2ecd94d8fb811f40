/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import io.github.mysqlpreflight.core.check.DataVolume;
import io.github.mysqlpreflight.core.check.Quantities;
import io.github.mysqlpreflight.core.report.Estimates;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How much there is to migrate, how long it takes, and which tables weigh most. */
final class EstimatesHtml {
    private EstimatesHtml() {}

    static void write(HtmlWriter html, @Nullable Estimates estimates) throws IOException {
        if (estimates == null) {
            return;
        }
        html.start("section", "class", "wide", "aria-labelledby", "estimates").line();
        html.element("h2", "Estimates", "id", "estimates").line().start("dl").line();
        html.element("dt", "Data").element("dd", EstimateWords.data(estimates)).line();
        html.element("dt", "Dump").element("dd", EstimateWords.dump(estimates)).line();
        String kept = EstimateWords.binaryLogs(estimates.retention());
        if (kept != null) {
            Long bytes = estimates.binaryLogBytes();
            html.element("dt", "Binary logs")
                    .element("dd", kept + (bytes == null ? "" : "; " + Quantities.size(bytes) + " are there"))
                    .line();
        }
        html.element("dt", "Writes")
                .element("dd", EstimateWords.writes(estimates.writes()))
                .line();
        tables(html, "Largest tables", null, estimates.volume());
        DataVolume without = estimates.withoutPrimaryKey();
        tables(html, "No primary key", without == null ? "unknown" : EstimateWords.withoutPrimaryKey(without), without);
        html.end("dl").line().end("section").line();
    }

    private static void tables(HtmlWriter html, String name, @Nullable String words, @Nullable DataVolume tables)
            throws IOException {
        if (words == null && (tables == null || tables.tables() == 0)) {
            return;
        }
        html.element("dt", name).start("dd");
        if (words != null) {
            html.text(words);
        }
        if (tables != null && tables.tables() > 0) {
            html.start("ul", "class", "names").line();
            for (TableSizes.Size size : tables.largest()) {
                html.element("li", size.schema() + "." + size.table() + ": " + Quantities.size(size.bytes()))
                        .line();
            }
            html.end("ul").line();
        }
        html.end("dd").line();
    }
}
