package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Problem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes the OpenAPI 3.1 document from the routes that answer and the records that they take and give. */
final class OpenApi {
    private static final String JSON = "application/json";

    private final Schemas schemas = new Schemas();
    private final ObjectNode document = ApiJson.STRICT.createObjectNode();

    private OpenApi() {}

    static ObjectNode document(List<Route> routes, String version) {
        OpenApi writer = new OpenApi();
        writer.write(routes, version);
        return writer.document;
    }

    private void write(List<Route> routes, String version) {
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Porthole").put("version", version);
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path = paths.withObjectProperty(route.template());
            operation(path.putObject(route.method().toLowerCase(Locale.ROOT)), route);
        }
        ObjectNode components = document.putObject("components");
        ObjectNode problem = components.putObject("responses").putObject("Problem");
        problem.put("description", "What went wrong (RFC 9457)");
        content(problem, "application/problem+json", schemas.reference(Problem.class));
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("bearer").put("type", "http").put("scheme", "bearer");
        security.putObject("key").put("type", "apiKey").put("in", "header").put("name", "x-api-key");
        components.set("schemas", schemas.components());
    }

    private void operation(ObjectNode operation, Route route) {
        operation.put("operationId", operationId(route)).put("summary", route.summary());
        for (String name : route.parameters()) {
            parameter(operation, name, "path", "string");
        }
        if (route.output().shape() == Route.Output.Shape.PAGE) {
            parameter(operation, "limit", "query", "integer");
            parameter(operation, "cursor", "query", "string");
        }
        for (String filter : route.output().filters()) {
            parameter(operation, filter, "query", "string");
        }
        if (route.body() != null) {
            content(operation.putObject("requestBody"), JSON, schemas.reference(route.body()));
        }
        ObjectNode responses = operation.putObject("responses");
        good(responses.putObject(Integer.toString(route.output().status())), route.output());
        responses.putObject("default").put("$ref", "#/components/responses/Problem");
        security(operation, route.scope());
    }

    private void good(ObjectNode response, Route.Output output) {
        response.put("description", output.status() == 204 ? "Done" : "What was asked for");
        if (output.type() == null) {
            return;
        }
        switch (output.shape()) {
            case ONE -> content(response, JSON, schemas.reference(output.type()));
            case PAGE -> content(response, JSON, schemas.pageOf(output.type()));
            case LIST -> content(response, JSON, schemas.listOf(output.type()));
            case LINES -> content(response, "application/x-ndjson", schemas.reference(output.type()));
            case EVENTS -> content(response, "text/event-stream", schemas.reference(output.type()));
            case NONE -> response.remove("content");
        }
    }

    private static void security(ObjectNode operation, @Nullable Scope scope) {
        if (scope == null) {
            operation.putArray("security");
            return;
        }
        operation.put("x-porthole-scope", scope.text());
        var ways = operation.putArray("security");
        ways.addObject().putArray("bearer").add(scope.text());
        ways.addObject().putArray("key").add(scope.text());
    }

    private static void parameter(ObjectNode operation, String name, String in, String type) {
        operation
                .withArrayProperty("parameters")
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("required", in.equals("path"))
                .putObject("schema")
                .put("type", type);
    }

    private static void content(ObjectNode holder, String mediaType, ObjectNode schema) {
        holder.putObject("content").putObject(mediaType).set("schema", schema);
    }

    /** Such as {@code get-projects-project-tunnels}: stable, and unique as method and path are. */
    private static String operationId(Route route) {
        String path = route.template().replaceFirst("^/api/v1", "").replaceAll("[{}.]", "");
        return route.method().toLowerCase(Locale.ROOT) + path.replace('/', '-');
    }
}
