package dev.porthole.server.control;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What a route gives back. */
sealed interface Answer {
    /** A body that becomes JSON. */
    record Json(int status, Object body, Map<String, String> headers) implements Answer {}

    /** JSON text as it was stored. */
    record Stored(int status, String json) implements Answer {}

    record NoContent() implements Answer {}

    /** {@code text/event-stream} for as long as it runs. */
    record Events(Writer writer) implements Answer {}

    /**
     * {@code application/x-ndjson} until it is all written.
     *
     * @param file what a browser saves it as
     */
    record Lines(String file, Writer writer) implements Answer {}

    /** Writes a stream on a virtual thread of its own, blocking while its reader is slow. */
    interface Writer {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    static Json ok(Object body) {
        return new Json(200, body, Map.of());
    }

    static Json created(Object body) {
        return new Json(201, body, Map.of());
    }
}
