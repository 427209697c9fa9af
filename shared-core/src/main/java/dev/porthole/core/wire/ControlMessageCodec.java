package dev.porthole.core.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Control messages as bytes: a four-byte big-endian length, then that many bytes of JSON, an object with a
 * {@code type}.
 *
 * <p>One per direction and session; not thread-safe. Buffers stay the caller's.
 */
public final class ControlMessageCodec {
    /** Largest message taken: 1 MiB, about 25,000 tunnel ids. */
    public static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LENGTH_BYTES = 4;

    private byte[] pending = new byte[0];

    /** The message's bytes, its length in front. */
    public static byte[] encode(ControlMessage message) {
        byte[] json = JSON.writeValueAsString(toJson(message)).getBytes(StandardCharsets.UTF_8);
        byte[] framed = new byte[LENGTH_BYTES + json.length];
        framed[0] = (byte) (json.length >>> 24);
        framed[1] = (byte) (json.length >>> 16);
        framed[2] = (byte) (json.length >>> 8);
        framed[3] = (byte) json.length;
        System.arraycopy(json, 0, framed, LENGTH_BYTES, json.length);
        return framed;
    }

    /**
     * Takes what has arrived and gives the messages that are now whole. Reads {@code data} to its end and does not
     * release it.
     *
     * @throws ControlMessageException if the peer sends what is no control message; the session should end
     */
    public List<ControlMessage> decode(ByteBuf data) throws ControlMessageException {
        byte[] bytes = new byte[pending.length + data.readableBytes()];
        System.arraycopy(pending, 0, bytes, 0, pending.length);
        data.readBytes(bytes, pending.length, data.readableBytes());
        List<ControlMessage> messages = new ArrayList<>();
        int at = 0;
        while (bytes.length - at >= LENGTH_BYTES) {
            int length = (bytes[at] & 0xff) << 24
                    | (bytes[at + 1] & 0xff) << 16
                    | (bytes[at + 2] & 0xff) << 8
                    | (bytes[at + 3] & 0xff);
            if (length < 0 || length > MAX_MESSAGE_BYTES) {
                throw new ControlMessageException("control message length: " + Integer.toUnsignedString(length)
                        + " (expected: 0-" + MAX_MESSAGE_BYTES + ")");
            }
            if (bytes.length - at - LENGTH_BYTES < length) {
                break;
            }
            messages.add(fromJson(new String(bytes, at + LENGTH_BYTES, length, StandardCharsets.UTF_8)));
            at += LENGTH_BYTES + length;
        }
        pending = java.util.Arrays.copyOfRange(bytes, at, bytes.length);
        return messages;
    }

    private static ObjectNode toJson(ControlMessage message) {
        ObjectNode json = JSON.createObjectNode();
        switch (message) {
            case ControlMessage.Announce(List<String> tunnels) ->
                putIds(json.put("type", "announce"), "tunnels", tunnels);
            case ControlMessage.Acknowledge(List<String> accepted, List<String> refused) -> {
                json.put("type", "acknowledge");
                putIds(json, "accepted", accepted);
                putIds(json, "refused", refused);
            }
            case ControlMessage.Withdraw(List<String> tunnels) ->
                putIds(json.put("type", "withdraw"), "tunnels", tunnels);
            case ControlMessage.Drain(String reason) ->
                json.put("type", "drain").put("reason", reason);
            case ControlMessage.Probe(String tunnel, String nonce) ->
                json.put("type", "probe").put("tunnel", tunnel).put("nonce", nonce);
            case ControlMessage.Unknown(String type) -> json.put("type", type);
        }
        return json;
    }

    private static void putIds(ObjectNode json, String name, List<String> ids) {
        ids.forEach(json.putArray(name)::add);
    }

    private static ControlMessage fromJson(String text) throws ControlMessageException {
        try {
            JsonNode json = JSON.readTree(text);
            String type = json.required("type").asString();
            return switch (type) {
                case "announce" -> new ControlMessage.Announce(ids(json, "tunnels"));
                case "acknowledge" -> new ControlMessage.Acknowledge(ids(json, "accepted"), ids(json, "refused"));
                case "withdraw" -> new ControlMessage.Withdraw(ids(json, "tunnels"));
                case "drain" ->
                    new ControlMessage.Drain(whole(json.path("reason").asString("")));
                case "probe" ->
                    new ControlMessage.Probe(
                            whole(json.required("tunnel").asString()),
                            whole(json.required("nonce").asString()));
                default -> new ControlMessage.Unknown(whole(type));
            };
        } catch (JacksonException broken) {
            throw new ControlMessageException(
                    "control message is not what was expected: " + broken.getOriginalMessage());
        }
    }

    private static List<String> ids(JsonNode json, String name) throws ControlMessageException {
        List<String> ids = new ArrayList<>();
        for (JsonNode id : json.required(name)) {
            ids.add(whole(id.asString()));
        }
        return ids;
    }

    /** Half a character can be escaped in JSON, and not be said again in UTF-8 (RFC 8259, section 8.2). */
    private static String whole(String text) throws ControlMessageException {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw new ControlMessageException(
                    "control message with half a surrogate pair (expected: whole characters)");
        }
        return text;
    }
}
