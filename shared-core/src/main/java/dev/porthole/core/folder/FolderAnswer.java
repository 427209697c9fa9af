package dev.porthole.core.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, decided but for its bytes. Whoever gets it closes it.
 *
 * @param fields in lower case and in their order; {@code content-length} is among them when there is a body, or would
 *     be one for GET
 */
public record FolderAnswer(int status, Map<String, String> fields, Body body) implements AutoCloseable {
    /** What follows the head. */
    public sealed interface Body {
        /** Nothing. */
        record None() implements Body {}

        /** A page of our own, small. */
        record Page(byte[] bytes) implements Body {}

        /** A part of an open file. */
        record Part(FileChannel file, long offset, long length) implements Body {}
    }

    static FolderAnswer of(int status, Map<String, String> fields) {
        return new FolderAnswer(status, new LinkedHashMap<>(fields), new Body.None());
    }

    FolderAnswer with(Body other) {
        return new FolderAnswer(status, fields, other);
    }

    @Override
    public void close() {
        if (body instanceof Body.Part part) {
            try {
                part.file().close();
            } catch (IOException readOnly) {
                // Nothing was written that could be lost.
                return;
            }
        }
    }
}
