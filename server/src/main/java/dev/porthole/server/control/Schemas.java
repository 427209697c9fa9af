package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas (2020-12, as OpenAPI 3.1 uses them) of the API's records, read from the records themselves. */
final class Schemas {
    private final ObjectNode components = ApiJson.STRICT.createObjectNode();

    /** All schemas that references were made to. */
    ObjectNode components() {
        return components;
    }

    /** A reference to a record's schema, which is added to the components. */
    ObjectNode reference(Class<?> type) {
        if (!components.has(type.getSimpleName())) {
            ObjectNode schema = components.putObject(type.getSimpleName());
            describe(schema, type);
        }
        return pointer(type.getSimpleName());
    }

    /** A reference to the page of a record. */
    ObjectNode pageOf(Class<?> type) {
        String name = type.getSimpleName() + "Page";
        ObjectNode items = reference(type);
        if (!components.has(name)) {
            ObjectNode schema = components.putObject(name).put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            properties.putObject("items").put("type", "array").set("items", items);
            properties.putObject("total").put("type", "integer").put("format", "int64");
            properties.putObject("next").putArray("type").add("string").add("null");
            schema.putArray("required").add("items").add("total");
        }
        return pointer(name);
    }

    /** The schema of a list of a record. */
    ObjectNode listOf(Class<?> type) {
        ObjectNode list = ApiJson.STRICT.createObjectNode().put("type", "array");
        list.set("items", reference(type));
        return list;
    }

    private static ObjectNode pointer(String name) {
        return ApiJson.STRICT.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private void describe(ObjectNode schema, Class<?> type) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = ApiJson.STRICT.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            AnnotatedType annotated = component.getAnnotatedType();
            boolean nullable = annotated.isAnnotationPresent(Nullable.class);
            properties.set(component.getName(), nullable ? orNull(schema(annotated)) : schema(annotated));
            if (!nullable) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private ObjectNode schema(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType generic) {
            return collection(generic);
        }
        ObjectNode schema = ApiJson.STRICT.createObjectNode();
        Class<?> type = (Class<?>) annotated.getType();
        if (type == String.class) {
            return schema.put("type", "string");
        } else if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (type == int.class || type == Integer.class || type == long.class) {
            return schema.put("type", "integer").put("format", type == long.class ? "int64" : "int32");
        } else if (type == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (type == Endpoint.class) {
            return schema.put("type", "string")
                    .put("description", "an endpoint such as http://localhost:3000 or file:///home/ada/site");
        } else if (type == HostHeader.class) {
            return schema.put("type", "string")
                    .put("description", "the Host that the app sees: visitor, localhost, or a name such as shop.test");
        } else if (type == JsonNode.class) {
            return schema;
        } else if (type.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object value : type.getEnumConstants()) {
                values.add(value.toString());
            }
            return schema;
        } else if (type.isRecord()) {
            return reference(type);
        }
        throw new IllegalStateException(type + ": has no schema (expected: a record of simple types)");
    }

    private ObjectNode collection(AnnotatedParameterizedType generic) {
        Type raw = ((ParameterizedType) generic.getType()).getRawType();
        if (raw == Map.class) {
            ObjectNode map = ApiJson.STRICT.createObjectNode().put("type", "object");
            map.set("additionalProperties", schema(generic.getAnnotatedActualTypeArguments()[1]));
            return map;
        }
        if (!(raw instanceof Class<?> type) || !Collection.class.isAssignableFrom(type)) {
            throw new IllegalStateException(generic + ": has no schema (expected: a collection, or a map)");
        }
        ObjectNode list = ApiJson.STRICT.createObjectNode().put("type", "array");
        list.set("items", schema(generic.getAnnotatedActualTypeArguments()[0]));
        return list;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isString()) {
            String word = schema.path("type").asString();
            schema.putArray("type").add(word).add("null");
            if (schema.get("enum") instanceof ArrayNode values) {
                values.addNull();
            }
            return schema;
        }
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = ApiJson.STRICT.createObjectNode();
        either.putArray("oneOf").add(schema).addObject().put("type", "null");
        return either;
    }
}
