/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API is a valid one, whole, and true to what it borrows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiDocumentTest {
    private final OpenApi api = OpenApi.read();

    private static SwaggerParseResult parse(String document) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        return new OpenAPIV3Parser().readContents(document, null, options);
    }

    private List<String> operations() {
        return api.operations();
    }

    @Test
    void aValidatorAcceptsIt() {
        SwaggerParseResult result = parse(new String(OpenApi.text(), StandardCharsets.UTF_8));
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).hasSameSizeAs(api.root().get("paths"));
    }

    @Test
    void theValidatorDoesNotAcceptEverything() {
        ObjectNode broken = (ObjectNode) api.root().deepCopy();
        ((ObjectNode) broken.at("/paths/~1v1~1me/get")).remove("responses");
        broken.remove("info");
        assertThat(parse(broken.toString()).getMessages()).isNotEmpty();
    }

    @Test
    void theAssessmentIsThatOfTheCommandLine() throws IOException {
        ObjectNode schema =
                (ObjectNode) OpenApi.JSON.readTree(Files.readString(Path.of("../docs/assessment.schema.json")));
        schema.remove(List.of("$schema", "$id"));
        JsonNode definitions = schema.remove("$defs");
        JsonNode schemas = api.root().at("/components/schemas");
        assertThat(schemas.get("Assessment")).isEqualTo(moved(schema));
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
            names.add("Assessment." + definition.getKey());
            assertThat(schemas.get("Assessment." + definition.getKey())).isEqualTo(moved(definition.getValue()));
        }
        assertThat(schemas.propertyNames().stream().filter(name -> name.startsWith("Assessment.")))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    /** The same schema with its definitions where this document keeps them. */
    private static JsonNode moved(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = OpenApi.JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equals("$ref")) {
                    result.put(
                            "$ref",
                            field.getValue().asString().replace("#/$defs/", "#/components/schemas/Assessment."));
                } else {
                    result.set(field.getKey(), moved(field.getValue()));
                }
            }
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = OpenApi.JSON.createArrayNode();
            for (JsonNode element : array) {
                result.add(moved(element));
            }
            return result;
        }
        return node;
    }

    @Test
    void everyReferenceLeadsSomewhereAndNothingLiesAround() {
        Set<String> references = new HashSet<>();
        collectReferences(api.root(), references);
        Set<String> there = new HashSet<>();
        for (Map.Entry<String, JsonNode> kind : api.root().get("components").properties()) {
            if (!kind.getKey().equals("securitySchemes")) {
                for (String name : kind.getValue().propertyNames()) {
                    there.add("#/components/" + kind.getKey() + "/" + name);
                }
            }
        }
        assertThat(references).isEqualTo(there);
    }

    private static void collectReferences(JsonNode node, Set<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
        for (JsonNode child : node) {
            collectReferences(child, references);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationIsExplainedAndSaysHowItFails(String operation) {
        JsonNode described = api.operation(operation);
        assertThat(described.path("summary").asString("")).isNotBlank().doesNotEndWith(".");
        assertThat(described.path("operationId").asString("")).matches("[a-z]+[A-Z][A-Za-z]+");
        Set<String> named = new HashSet<>();
        JsonNode path = api.root().get("paths").path(operation.substring(operation.indexOf(' ') + 1));
        for (JsonNode parameter : path.path("parameters")) {
            JsonNode resolved = api.resolved(parameter);
            assertThat(resolved.path("description").asString("")).isNotBlank();
            named.add("{" + resolved.get("name").asString() + "}");
        }
        Set<String> inPath = new HashSet<>();
        for (String segment : operation.split("/", -1)) {
            if (segment.startsWith("{")) {
                inPath.add(segment);
            }
        }
        assertThat(named).isEqualTo(inPath);
        assertThat(described.get("responses").propertyNames()).contains("200", "default");
        for (Map.Entry<String, JsonNode> response : described.get("responses").properties()) {
            JsonNode resolved = api.resolved(response.getValue());
            assertThat(resolved.path("description").asString("")).isNotBlank();
            if (response.getKey().equals("default") || Integer.parseInt(response.getKey()) >= 400) {
                assertThat(resolved.at("/content/application~1json/schema/$ref").asString(""))
                        .as(operation + " " + response.getKey())
                        .isEqualTo("#/components/schemas/Error");
            }
        }
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        assertThat(operations().stream()
                        .map(operation ->
                                api.operation(operation).get("operationId").asString()))
                .doesNotHaveDuplicates();
    }

    @Test
    void examplesAreValid() {
        int count = examples(api.root());
        assertThat(count).isGreaterThan(20);
    }

    private int examples(JsonNode node) {
        int count = 0;
        if (node.has("schema") && node.has("examples")) {
            for (JsonNode example : node.get("examples")) {
                api.assertValid(
                        node.get("schema"), api.resolved(example).get("value").toString());
                count++;
            }
        }
        if (node.has("schema") && node.has("example")) {
            api.assertValid(node.get("schema"), node.get("example").toString());
            count++;
        }
        for (JsonNode child : node) {
            count += examples(child);
        }
        return count;
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        List<String> routes = new ArrayList<>();
        for (Route route : Route.values()) {
            if (!route.template().equals("/") && !route.template().equals("/{file}")) {
                for (String method : route.allow().split(", ", -1)) {
                    if (!method.equals("HEAD")) {
                        routes.add(method + " " + route.template());
                    }
                }
            }
        }
        assertThat(operations()).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void whatNeedsATokenSaysSo() {
        for (String operation : operations()) {
            String path = operation.substring(operation.indexOf(' ') + 1);
            for (Route route : Route.values()) {
                if (route.template().equals(path)) {
                    assertThat(api.operation(operation).get("responses").has("401"))
                            .as(operation)
                            .isEqualTo(route.needsCaller() || route == Route.METRICS);
                }
            }
        }
    }
}
