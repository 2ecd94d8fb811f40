/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.task;

import io.github.mysqlpreflight.core.source.Password;
import io.github.mysqlpreflight.core.source.SourceUri;
import io.github.mysqlpreflight.core.source.SslMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A source as bytes, its password in the clear: only ever to be encrypted, or just decrypted. */
final class SourceParts {
    private static final int FORMAT = 1;

    private SourceParts() {}

    static byte[] write(SourceUri source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            writeText(out, source.host());
            out.writeInt(source.port());
            writeText(out, source.user());
            writeText(out, source.passwordGiven() ? source.password().reveal() : null);
            writeText(out, source.sslMode().name());
            writePath(out, source.sslCa());
            writePath(out, source.sslCert());
            writePath(out, source.sslKey());
            writeText(out, source.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SourceUri read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalStateException("a source was kept by another version");
            }
            SourceUri.Builder source = SourceUri.builder();
            source.host(readText(in)).port(in.readInt()).user(readText(in));
            String password = readOptional(in);
            if (password != null) {
                source.password(Password.of(password));
            }
            source.sslMode(SslMode.valueOf(readText(in)));
            String ca = readOptional(in);
            if (ca != null) {
                source.sslCa(Path.of(ca));
            }
            String certificate = readOptional(in);
            if (certificate != null) {
                source.sslCert(Path.of(certificate));
            }
            String key = readOptional(in);
            if (key != null) {
                source.sslKey(Path.of(key));
            }
            String path = readOptional(in);
            if (path != null) {
                source.path(path);
            }
            return source.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writePath(DataOutputStream out, @Nullable Path path) throws IOException {
        writeText(out, path == null ? null : path.toString());
    }

    private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text == null ? -1 : bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        String text = readOptional(in);
        if (text == null) {
            throw new IOException("a part of the source is missing");
        }
        return text;
    }

    private static @Nullable String readOptional(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
