/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Snapshots as files: versioned JSON, compressed when the name ends in {@code .gz}, without any credential.
 *
 * <p>Only the meaning of what is there is tied to the number in {@code format}; fields may be added, and are skipped by a
 * version that does not know them.
 */
public final class SnapshotFile {
    static final String FORMAT = "mysql-preflight-snapshot/1";

    private static final JsonFactory JSON = new JsonFactory();

    private SnapshotFile() {}

    /**
     * Writes a snapshot; the file is there whole or not at all. Readable by its owner only, since it tells of accounts.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(Snapshot snapshot, Path file) throws IOException {
        requireNonNull(snapshot, "snapshot is null");
        AtomicFile.write(file, true, plain -> {
            try (OutputStream out = isCompressed(file) ? new GZIPOutputStream(plain) : plain) {
                write(snapshot, out);
            }
        });
    }

    private static void write(Snapshot snapshot, OutputStream stream) {
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), stream)) {
            out.writeStartObject();
            out.writeStringProperty("format", FORMAT);
            out.writeStringProperty("tool", snapshot.takenBy());
            out.writeStringProperty("takenAt", snapshot.takenAt().toString());
            out.writeNumberProperty("readMillis", snapshot.readMillis());
            out.writeNumberProperty("connections", snapshot.connections());
            out.writeObjectPropertyStart("facts");
            for (FactKey<?> key : Facts.all()) {
                if (snapshot.mentions(key)) {
                    writeFact(snapshot, key, out);
                }
            }
            out.writeEndObject();
            out.writeEndObject();
        }
    }

    private static <T> void writeFact(Snapshot snapshot, FactKey<T> key, JsonGenerator out) {
        out.writeObjectPropertyStart(key.name());
        Fact<T> fact = snapshot.find(key);
        if (fact instanceof Fact.Known<T> known) {
            out.writeName("value");
            key.codec().write(known.value(), out);
        } else if (fact instanceof Fact.Unavailable<T> unavailable) {
            out.writeStringProperty("unavailable", unavailable.cause().name());
            out.writeStringProperty("message", unavailable.message());
            out.writeNumberProperty("errorCode", unavailable.errorCode());
            Json.writeNullable(out, "sqlState", unavailable.sqlState());
            Json.writeNullable(out, "remedy", unavailable.remedy());
        }
        out.writeEndObject();
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException when the file cannot be read
     * @throws SnapshotFormatException when it is not a snapshot, or one of a newer format
     */
    public static Snapshot read(Path file) throws IOException {
        try (InputStream plain = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = isGzip(plain) ? new GZIPInputStream(plain, 1 << 16) : plain;
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            Snapshot snapshot = new Document(parser).snapshot();
            // To the end, which a compressed file that was cut off does not have.
            if (parser.nextToken() != null) {
                throw new SnapshotFormatException("something follows the snapshot");
            }
            return snapshot;
        } catch (JacksonException e) {
            throw new SnapshotFormatException(file + " is not a snapshot: " + e.getOriginalMessage(), e);
        } catch (EOFException | ZipException e) {
            throw new SnapshotFormatException(file + " is not a snapshot: it is cut off or damaged", e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new SnapshotFormatException(file + " is not a snapshot: " + e.getMessage(), e);
        } catch (SnapshotFormatException e) {
            throw new SnapshotFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isCompressed(Path file) {
        return file.toString().endsWith(".gz");
    }

    /** By its first two bytes, since a file may have been renamed. */
    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    /** The fields of a document while it is read. */
    private static final class Document {
        private @Nullable String format;
        private @Nullable String tool;
        private @Nullable String takenAt;
        private long readMillis;
        private int connections;
        private Snapshot.@Nullable Builder builder;

        Document(JsonParser in) {
            Json.readObject(in, name -> readField(name, in));
            checkFormat();
        }

        Snapshot snapshot() {
            Snapshot snapshot = Json.required(builder, "facts")
                    .readMillis(readMillis)
                    .connections(connections)
                    .build();
            if (!snapshot.knows(Facts.CONNECTION)) {
                throw new SnapshotFormatException("the fact connection is missing");
            }
            return snapshot;
        }

        private boolean readField(String name, JsonParser in) {
            switch (name) {
                case "format" -> {
                    format = Json.readString(in);
                    checkFormat();
                }
                case "tool" -> tool = Json.readString(in);
                case "takenAt" -> takenAt = Json.readString(in);
                case "readMillis" -> readMillis = in.getLongValue();
                case "connections" -> connections = in.getIntValue();
                case "facts" -> {
                    checkFormat();
                    Snapshot.Builder facts = Snapshot.builder(
                            Instant.parse(Json.required(takenAt, "takenAt")), Json.required(tool, "tool"));
                    Json.readObject(in, key -> readFact(facts, key, in));
                    builder = facts;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void checkFormat() {
            if (format == null) {
                throw new SnapshotFormatException("this is not a snapshot: it does not begin with its format");
            }
            if (!format.equals(FORMAT)) {
                throw new SnapshotFormatException(
                        "the format " + format + " is not one that this version reads (it reads " + FORMAT
                                + "); use the version of mysql-preflight that wrote it, or a newer one");
            }
        }

        private static boolean readFact(Snapshot.Builder facts, String name, JsonParser in) {
            FactKey<?> key = Facts.byName(name);
            if (key == null) {
                return false;
            }
            readFact(facts, key, in);
            return true;
        }

        private static <T> void readFact(Snapshot.Builder facts, FactKey<T> key, JsonParser in) {
            @Nullable String[] texts = new @Nullable String[4];
            int[] errorCode = new int[1];
            boolean[] known = new boolean[1];
            Json.readObject(in, name -> {
                switch (name) {
                    case "value" -> {
                        facts.put(key, key.codec().read(in));
                        known[0] = true;
                    }
                    case "unavailable" -> texts[0] = Json.readString(in);
                    case "message" -> texts[1] = Json.readString(in);
                    case "sqlState" -> texts[2] = Json.readText(in);
                    case "remedy" -> texts[3] = Json.readText(in);
                    case "errorCode" -> errorCode[0] = in.getIntValue();
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            if (!known[0]) {
                facts.put(
                        key,
                        new Fact.Unavailable<>(
                                Json.enumValue(
                                        Fact.Cause.class, Json.required(texts[0], "unavailable"), Fact.Cause.ERROR),
                                Json.required(texts[1], "message"),
                                errorCode[0],
                                texts[2],
                                texts[3]));
            }
        }
    }
}
