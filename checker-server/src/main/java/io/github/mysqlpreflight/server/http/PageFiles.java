/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** The console's files and the description of the API, which lie in the archive of the server. */
final class PageFiles {
    private static final String FOLDER = "/server/web/";
    private static final String DESCRIPTION = "/server/openapi.json";
    private static final int LONGEST_NAME = 64;

    private final Map<String, File> loaded = new ConcurrentHashMap<>();
    private final String policy;

    /** @param policy what the pages may do */
    PageFiles(String policy) {
        this.policy = policy;
    }

    void page(Exchange exchange, String name) {
        String type = type(name);
        send(exchange, type == null ? null : load(FOLDER + name, type));
    }

    void description(Exchange exchange) {
        send(exchange, load(DESCRIPTION, Exchange.JSON));
    }

    private void send(Exchange exchange, @Nullable File file) {
        if (file == null) {
            throw ApiException.notFound("not_found", "There is nothing at this address");
        }
        HttpFields.Mutable headers = exchange.response().getHeaders();
        headers.put(HttpHeader.ETAG, file.tag);
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        if (file.type.startsWith("text/html")) {
            headers.put(SecurityHeaders.POLICY, policy);
        }
        String known = exchange.header(HttpHeader.IF_NONE_MATCH);
        if (known != null && (known.contains(file.tag) || known.equals("*"))) {
            exchange.sendNotModified();
        } else {
            exchange.send(200, file.type, file.content);
        }
    }

    /** The media type of a file of that name; null for a name that no file of ours has. */
    private static @Nullable String type(String name) {
        int dot = name.indexOf('.');
        if (dot <= 0 || name.length() > LONGEST_NAME) {
            return null;
        }
        for (int i = 0; i < dot; i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return null;
            }
        }
        return switch (name.substring(dot)) {
            case ".html" -> "text/html;charset=utf-8";
            case ".js" -> "text/javascript;charset=utf-8";
            case ".css" -> "text/css;charset=utf-8";
            case ".svg" -> "image/svg+xml";
            case ".png" -> "image/png";
            case ".webmanifest" -> "application/manifest+json";
            default -> null;
        };
    }

    private @Nullable File load(String resource, String type) {
        File file = loaded.get(resource);
        if (file != null) {
            return file;
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            file = new File(content, type, tag(content));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
        loaded.put(resource, file);
        return file;
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class File {
        private final byte[] content;
        private final String type;
        private final String tag;

        File(byte[] content, String type, String tag) {
            this.content = content;
            this.type = type;
            this.tag = tag;
        }
    }
}
