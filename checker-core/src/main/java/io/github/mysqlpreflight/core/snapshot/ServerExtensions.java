/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * What was added to the server itself and so is not migrated with any database: loadable functions, components, time zones.
 *
 * @param functions names of the loadable functions (UDFs) of {@code mysql.func}
 * @param components URNs of {@code mysql.component} (8.0)
 * @param timeZones whether named time zones were loaded
 */
public record ServerExtensions(List<String> functions, List<String> components, boolean timeZones) {
    public ServerExtensions {
        functions = List.copyOf(functions);
        components = List.copyOf(components);
    }

    static final class Codec implements FactCodec<ServerExtensions> {
        @Override
        public void write(ServerExtensions value, JsonGenerator out) {
            out.writeStartObject();
            Json.writeStrings(out, "functions", value.functions);
            Json.writeStrings(out, "components", value.components);
            out.writeBooleanProperty("timeZones", value.timeZones);
            out.writeEndObject();
        }

        @Override
        public ServerExtensions read(JsonParser in) {
            Builder builder = new Builder();
            Json.readObject(in, name -> {
                switch (name) {
                    case "functions" -> builder.functions = Json.readList(in, Json::readString);
                    case "components" -> builder.components = Json.readList(in, Json::readString);
                    case "timeZones" -> builder.timeZones = in.getBooleanValue();
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new ServerExtensions(builder.functions, builder.components, builder.timeZones);
        }
    }

    private static final class Builder {
        private List<String> functions = List.of();
        private List<String> components = List.of();
        private boolean timeZones;
    }
}
