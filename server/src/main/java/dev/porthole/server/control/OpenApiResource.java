package dev.porthole.server.control;

import dev.porthole.server.control.Route.Output;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The API's description of itself. */
final class OpenApiResource implements Resource {
    private final List<Resource> others;
    private final String version;

    OpenApiResource(List<Resource> others, String version) {
        this.others = List.copyOf(others);
        this.version = version;
    }

    @Override
    public List<Route> routes() {
        List<Route> all = new ArrayList<>();
        others.forEach(resource -> all.addAll(resource.routes()));
        List<JsonNode> document = new ArrayList<>();
        Route own = Route.get(
                API + "/openapi.json",
                null,
                "This document",
                new Output(200, null, Output.Shape.NONE),
                call -> Answer.ok(document.getFirst()));
        all.add(own);
        document.add(OpenApi.document(all, version));
        return List.of(own);
    }
}
