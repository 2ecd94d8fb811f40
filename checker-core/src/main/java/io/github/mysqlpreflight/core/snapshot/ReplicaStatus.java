/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * What SHOW REPLICA STATUS (before 8.0.22: SHOW SLAVE STATUS) answered: from where the server itself replicates.
 *
 * @param channels one entry a replication channel; empty where the server is nobody's replica
 */
public record ReplicaStatus(List<Channel> channels) {
    public ReplicaStatus {
        channels = List.copyOf(channels);
    }

    /** Whether the server is set up to replicate from another one, running or not. */
    public boolean isReplica() {
        return !channels.isEmpty();
    }

    /** The channels that come from outside: those of group replication hold the server's own group together. */
    public List<Channel> fromOutside() {
        List<Channel> outside = new ArrayList<>();
        for (Channel channel : channels) {
            if (!channel.name.startsWith("group_replication_")) {
                outside.add(channel);
            }
        }
        return List.copyOf(outside);
    }

    /**
     * One replication channel.
     *
     * @param name channel name, empty for the default one
     * @param sourceHost the host it reads from
     * @param ioRunning whether its receiver is up: Yes, No, Connecting
     * @param sqlRunning whether its applier is up: Yes, No
     * @param secondsBehindSource lag as the server estimates it; null where it is unknown, as when the applier is down
     */
    public record Channel(
            String name,
            String sourceHost,
            String ioRunning,
            String sqlRunning,
            @Nullable String secondsBehindSource) {
        public Channel {
            requireNonNull(name, "name is null");
            requireNonNull(sourceHost, "sourceHost is null");
            requireNonNull(ioRunning, "ioRunning is null");
            requireNonNull(sqlRunning, "sqlRunning is null");
        }
    }

    static final class Codec implements FactCodec<ReplicaStatus> {
        @Override
        public void write(ReplicaStatus value, JsonGenerator out) {
            out.writeStartArray();
            for (Channel channel : value.channels) {
                out.writeStartArray();
                out.writeString(channel.name);
                out.writeString(channel.sourceHost);
                out.writeString(channel.ioRunning);
                out.writeString(channel.sqlRunning);
                out.writeString(channel.secondsBehindSource);
                out.writeEndArray();
            }
            out.writeEndArray();
        }

        @Override
        public ReplicaStatus read(JsonParser in) {
            return new ReplicaStatus(Json.readList(in, row -> {
                List<@Nullable String> fields = Json.readRow(row, 5);
                return new Channel(
                        Json.required(fields.get(0), "name"),
                        Json.required(fields.get(1), "sourceHost"),
                        Json.required(fields.get(2), "ioRunning"),
                        Json.required(fields.get(3), "sqlRunning"),
                        fields.get(4));
            }));
        }
    }
}
