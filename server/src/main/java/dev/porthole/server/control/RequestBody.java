package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.api.InvalidHostHeaderException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.type.LogicalType;

/** Turns a request's JSON into its record; whatever is wrong is said with the field's name. */
final class RequestBody {
    private static final JsonMapper JSON = ApiJson.STRICT
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private RequestBody() {}

    /** Reads the record; an empty body is an empty object. */
    static <T extends Record> T read(String body, Class<T> type) {
        try {
            JsonNode json = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
            if (!json.isObject()) {
                throw ProblemException.invalid("", "body: " + word(json.getNodeType()) + " (expected: an object)");
            }
            requireAll(json, type);
            return JSON.treeToValue(json, type);
        } catch (JacksonException wrong) {
            throw problem(wrong);
        }
    }

    private static void requireAll(JsonNode json, Class<? extends Record> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            JsonNode value = json.get(component.getName());
            if (!optional && (value == null || value.isNull())) {
                throw ProblemException.invalid(
                        component.getName(), component.getName() + ": missing (expected: a value)");
            }
        }
    }

    private static ProblemException problem(JacksonException wrong) {
        return switch (wrong) {
            case UnrecognizedPropertyException unknown ->
                ProblemException.invalid(
                        field(unknown),
                        "unknown field: " + unknown.getPropertyName() + " (expected: one of "
                                + unknown.getKnownPropertyIds() + ")");
            case DatabindException mismatch
            when mismatch.getCause() instanceof InvalidEndpointException invalid ->
                ProblemException.invalid(field(mismatch), String.valueOf(invalid.getMessage()));
            case DatabindException mismatch
            when mismatch.getCause() instanceof InvalidHostHeaderException invalid ->
                ProblemException.invalid(field(mismatch), String.valueOf(invalid.getMessage()));
            case InvalidFormatException word
            when word.getTargetType().isEnum() ->
                ProblemException.invalid(
                        field(word),
                        field(word) + ": " + word.getValue() + " (expected: one of "
                                + List.of(word.getTargetType().getEnumConstants()) + ")");
            case DatabindException mismatch ->
                ProblemException.invalid(field(mismatch), field(mismatch) + ": not of the expected type");
            case StreamReadException broken ->
                ProblemException.of(
                        400,
                        "invalid-json",
                        "The body is not JSON",
                        "line " + broken.getLocation().getLineNr() + ", column "
                                + broken.getLocation().getColumnNr());
            default -> ProblemException.of(400, "invalid-json", "The body is not JSON", null);
        };
    }

    /** Such as {@code tunnels[0]}. */
    private static String field(DatabindException mismatch) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : mismatch.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String word(JsonNodeType type) {
        return type.name().toLowerCase(java.util.Locale.ROOT);
    }
}
