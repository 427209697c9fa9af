package dev.porthole.desktop.cli;

import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How {@code --output json} is written: one line, ASCII, so that no label of a server's can reach the terminal raw. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /** An object with more fields, which come behind its first: the one that says what it is. */
    static String with(Object document, Map<String, String> more) {
        ObjectNode from = MAPPER.valueToTree(document);
        ObjectNode to = MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            to.set(field.getKey(), field.getValue());
            if (to.size() == 1) {
                more.forEach(to::put);
            }
        }
        return MAPPER.writeValueAsString(to);
    }

    static String of(Object document) {
        return MAPPER.writeValueAsString(document);
    }
}
