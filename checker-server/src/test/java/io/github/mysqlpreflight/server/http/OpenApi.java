/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's own description, and answers held against it. Stricter than a client ought to be: an answer must not have a field that is not described.
 */
final class OpenApi {
    static final JsonMapper JSON = new JsonMapper();

    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch", "head", "options");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode root;
    private final ObjectNode strictComponents;
    private final Map<String, Schema> schemas = new HashMap<>();

    private OpenApi(JsonNode root) {
        this.root = root;
        this.strictComponents = (ObjectNode) root.get("components").deepCopy();
        forbidUnknownFields(strictComponents);
    }

    static OpenApi read() {
        return new OpenApi(JSON.readTree(text()));
    }

    /** The document as the server sends it. */
    static byte[] text() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/server/openapi.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** {@code GET /v1/me} and the like. */
    List<String> operations() {
        List<String> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> field : path.getValue().properties()) {
                if (METHODS.contains(field.getKey())) {
                    operations.add(field.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    JsonNode operation(String operation) {
        String method = operation.substring(0, operation.indexOf(' ')).toLowerCase(Locale.ROOT);
        return root.get("paths")
                .path(operation.substring(operation.indexOf(' ') + 1))
                .path(method);
    }

    /** What a {@code $ref} of this document stands for; anything else is itself. */
    JsonNode resolved(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            String reference = at.get("$ref").asString();
            assertThat(reference).startsWith("#/");
            at = root.at(reference.substring(1));
            assertThat(at.isMissingNode()).as(reference + " leads nowhere").isFalse();
        }
        return at;
    }

    /** The description of an answer; the one for all other errors where the status has none of its own. */
    JsonNode response(String operation, int status) {
        JsonNode responses = operation(operation).path("responses");
        JsonNode response = responses.path(Integer.toString(status));
        if (response.isMissingNode() && status >= 400) {
            response = responses.path("default");
        }
        assertThat(response.isMissingNode())
                .as(operation + " does not say that it answers " + status)
                .isFalse();
        return resolved(response);
    }

    /** Holds an answer against the description of that operation: status, content type, headers, body. */
    void assertDescribed(String operation, RawHttp.Answer answer) {
        JsonNode response = response(operation, answer.status());
        String contentType = answer.header("content-type");
        assertThat(contentType).as(operation + ": " + answer).isNotNull();
        String media = contentType.indexOf(';') < 0 ? contentType : contentType.substring(0, contentType.indexOf(';'));
        JsonNode content = response.path("content").path(media);
        assertThat(content.isMissingNode())
                .as(operation + " does not say that it answers " + answer.status() + " as " + media)
                .isFalse();
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            boolean always = !header.getKey().equals("Allow") || answer.status() == 405;
            assertThat(answer.header(header.getKey().toLowerCase(Locale.ROOT)) != null)
                    .as(operation + " " + answer.status() + ": " + header.getKey())
                    .isEqualTo(always);
        }
        if (media.equals("application/json")) {
            assertValid(content.get("schema"), answer.body());
        }
    }

    /** Holds a document against a schema of this description. */
    void assertValid(JsonNode schema, String document) {
        assertThat(errors(schema, document)).as(document).isEmpty();
    }

    List<com.networknt.schema.Error> errors(JsonNode schema, String document) {
        Schema compiled = schemas.computeIfAbsent(schema.toString(), key -> {
            ObjectNode whole = (ObjectNode) schema.deepCopy();
            forbidUnknownFields(whole);
            whole.set("components", strictComponents);
            return REGISTRY.getSchema(whole.toString());
        });
        return compiled.validate(document, InputFormat.JSON);
    }

    private static void forbidUnknownFields(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("type").asString("").equals("object")
                    && object.has("properties")
                    && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!field.getKey().equals("examples")) {
                    forbidUnknownFields(field.getValue());
                }
            }
        } else {
            for (JsonNode child : node) {
                forbidUnknownFields(child);
            }
        }
    }
}
