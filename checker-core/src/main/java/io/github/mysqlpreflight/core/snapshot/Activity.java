/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * What the server did between two samples of its counters, one when reading began and one when it ended.
 *
 * @param millis time between the samples
 * @param growth by how much each counter grew, by lower-case name; counters of {@link ServerStatus} that are numbers
 * @param binaryLogBytes how much was written to the binary log; null where it is off, was switched to another file by more than
 *     one step, or may not be seen
 */
public record Activity(
        long millis, Map<String, Long> growth, @Nullable Long binaryLogBytes) {
    public Activity {
        growth = Collections.unmodifiableMap(new TreeMap<>(growth));
    }

    /** How often it grew in a second; 0 where the counter does not exist. */
    public double perSecond(String counter) {
        Long grown = growth.get(counter);
        return grown == null || millis <= 0 ? 0 : grown * 1000.0 / millis;
    }

    static final class Codec implements FactCodec<Activity> {
        @Override
        public void write(Activity value, JsonGenerator out) {
            out.writeStartObject();
            out.writeNumberProperty("millis", value.millis);
            Long bytes = value.binaryLogBytes;
            if (bytes != null) {
                out.writeNumberProperty("binaryLogBytes", bytes);
            }
            out.writeObjectPropertyStart("growth");
            for (Map.Entry<String, Long> counter : value.growth.entrySet()) {
                out.writeNumberProperty(counter.getKey(), counter.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        }

        @Override
        public Activity read(JsonParser in) {
            long[] millis = new long[1];
            @Nullable Long[] bytes = new @Nullable Long[1];
            Map<String, Long> growth = new TreeMap<>();
            Json.readObject(in, name -> {
                switch (name) {
                    case "millis" -> millis[0] = in.getLongValue();
                    case "binaryLogBytes" -> bytes[0] = in.getLongValue();
                    case "growth" ->
                        Json.readObject(in, counter -> {
                            growth.put(counter, in.getLongValue());
                            return true;
                        });
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            return new Activity(millis[0], growth, bytes[0]);
        }
    }
}
