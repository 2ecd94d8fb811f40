/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.report;

import io.github.mysqlpreflight.core.check.BinaryLogRetention;
import io.github.mysqlpreflight.core.check.BinaryLogRetention.State;
import io.github.mysqlpreflight.core.check.DataVolume;
import io.github.mysqlpreflight.core.snapshot.TableSizes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the estimates of an assessment, where there are any; what is not known is null. */
final class EstimatesJson {
    private EstimatesJson() {}

    static void write(JsonGenerator out, @Nullable Estimates estimates) {
        if (estimates == null) {
            return;
        }
        out.writeObjectPropertyStart("estimates");
        writeTables(out, "data", estimates.volume());
        out.writeNumberProperty("statisticsAgeSeconds", estimates.statisticsAgeSeconds());
        writeTables(out, "withoutPrimaryKey", estimates.withoutPrimaryKey());
        writeWrites(out, estimates.writes());
        out.writeObjectPropertyStart("dump");
        out.writeNumberProperty("bytesPerSecond", estimates.dumpThroughput());
        writeNullable(out, "seconds", estimates.dumpSeconds());
        out.writeEndObject();
        writeRetention(out, estimates);
        out.writeEndObject();
    }

    private static void writeTables(JsonGenerator out, String name, @Nullable DataVolume tables) {
        if (tables == null) {
            out.writeNullProperty(name);
            return;
        }
        out.writeObjectPropertyStart(name);
        out.writeNumberProperty("tables", tables.tables());
        out.writeNumberProperty("dataBytes", tables.dataBytes());
        out.writeNumberProperty("indexBytes", tables.indexBytes());
        out.writeArrayPropertyStart("largest");
        for (TableSizes.Size size : tables.largest()) {
            out.writeStartObject();
            out.writeStringProperty("schema", size.schema());
            out.writeStringProperty("name", size.table());
            out.writeNumberProperty("rows", size.rows());
            out.writeNumberProperty("dataBytes", size.dataBytes());
            out.writeNumberProperty("indexBytes", size.indexBytes());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeWrites(JsonGenerator out, Estimates.@Nullable Writes writes) {
        if (writes == null) {
            out.writeNullProperty("writes");
            return;
        }
        out.writeObjectPropertyStart("writes");
        out.writeBooleanProperty("sampled", writes.sampled());
        out.writeNumberProperty("seconds", writes.seconds());
        out.writeNumberProperty("statementsPerSecond", writes.statements());
        writeNullable(out, "rowsPerSecond", writes.rows());
        writeNullable(out, "binaryLogBytesPerSecond", writes.binaryLogBytes());
        out.writeEndObject();
    }

    private static void writeRetention(JsonGenerator out, Estimates estimates) {
        BinaryLogRetention retention = estimates.retention();
        if (retention == null) {
            out.writeNullProperty("binaryLog");
            return;
        }
        out.writeObjectPropertyStart("binaryLog");
        out.writeStringProperty("kept", retention.state().name());
        writeNullable(out, "keptSeconds", retention.state() == State.KEPT ? retention.seconds() : null);
        out.writeStringProperty("setting", retention.setting());
        writeNullable(out, "bytes", estimates.binaryLogBytes());
        out.writeEndObject();
    }

    private static void writeNullable(JsonGenerator out, String name, @Nullable Number value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else if (value instanceof Double number) {
            out.writeNumberProperty(name, number);
        } else {
            out.writeNumberProperty(name, value.longValue());
        }
    }
}
