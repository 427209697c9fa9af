package dev.porthole.desktop.cli;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** How {@code --output json} is written: one line, ASCII, so that no label of a server's can reach the terminal raw. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    static String of(Object document) {
        return MAPPER.writeValueAsString(document);
    }
}
