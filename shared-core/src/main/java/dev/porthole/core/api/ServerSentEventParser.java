package dev.porthole.core.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * {@code text/event-stream} as bytes come, however they are cut (WHATWG HTML, section 9.2.6). One per connection; not
 * thread-safe.
 */
final class ServerSentEventParser {
    /** Largest event taken. */
    static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Consumer<ServerSentEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String lastEventId = "";
    private Optional<Duration> retry = Optional.empty();
    private boolean afterCarriageReturn;
    private boolean firstLine = true;

    ServerSentEventParser(String lastEventId, Consumer<ServerSentEvent> events) {
        this.lastEventId = lastEventId;
        this.events = events;
    }

    /** Takes what has come, and hands over the events that are now whole. */
    void accept(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                continue;
            }
            afterCarriageReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                endOfLine();
            } else {
                line.write(next);
                if (line.size() + data.length() > MAX_EVENT_BYTES) {
                    throw new IOException("an event is larger than " + MAX_EVENT_BYTES + " bytes");
                }
            }
        }
    }

    /** What to resume from; empty before the stream has said any id. */
    String lastEventId() {
        return lastEventId;
    }

    /** How long the server asks to wait before the next connection. */
    Optional<Duration> retry() {
        return retry;
    }

    private void endOfLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        firstLine = false;
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            field(text, "");
        } else if (colon > 0) {
            String value = text.substring(colon + 1);
            field(text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    lastEventId = value;
                }
            }
            case "retry" -> {
                if (DIGITS.matcher(value).matches()) {
                    retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
                }
            }
            default -> {
                // "The field is ignored."
            }
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            events.accept(new ServerSentEvent(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
            data.setLength(0);
        }
        type = "";
    }
}
