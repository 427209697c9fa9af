package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;

/**
 * Looks at the lines of an app's answer before anything parses them, each byte once: status line and fields, and of a
 * chunked body the sizes and the trailers. What is no answer after the letter of RFC 9112 fails, since whoever repairs
 * it may read it otherwise than the next one.
 *
 * <p>It moves no index. One per connection, on the event loop only.
 */
final class AnswerScanner {
    private static final int MAX_SIZE_DIGITS = 8;

    private enum Part {
        STATUS_LINE,
        FIELDS,
        /** Whatever its length says, or all that comes: nothing to look at. */
        BODY,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILERS,
        /** The last byte was seen; the parser has not come so far yet. */
        ENDED
    }

    private Part part = Part.STATUS_LINE;
    private int scanned;
    private int lineStart;
    private long chunkLeft;

    /** Looks at what is new in {@code in}, from its reader index on. */
    void scan(ByteBuf in) {
        int end = in.readableBytes();
        while (scanned < end && part != Part.BODY && part != Part.ENDED) {
            if (part == Part.CHUNK_DATA) {
                skipData(end);
            } else if (!scanLine(in, end)) {
                return;
            }
        }
    }

    /** The parser took so many bytes. */
    void taken(int bytes) {
        scanned = Math.max(0, scanned - bytes);
        lineStart -= bytes;
    }

    /** The parser has a head: its body begins. */
    void bodyBegins(boolean chunked) {
        part = chunked ? Part.CHUNK_SIZE : Part.BODY;
        restart();
    }

    /** The parser has the end: another head may follow. */
    void answerEnded() {
        part = Part.STATUS_LINE;
        restart();
    }

    private void restart() {
        scanned = 0;
        lineStart = 0;
    }

    private void skipData(int end) {
        int skipped = (int) Math.min(chunkLeft, end - scanned);
        scanned += skipped;
        chunkLeft -= skipped;
        if (chunkLeft == 0) {
            part = Part.CHUNK_END;
            lineStart = scanned;
        }
    }

    /** False if the line's end has not come. */
    private boolean scanLine(ByteBuf in, int end) {
        int reader = in.readerIndex();
        int lf = in.indexOf(reader + scanned, reader + end, (byte) '\n');
        if (lf < 0) {
            scanned = end;
            return false;
        }
        int start = reader + lineStart;
        if (lf == start || in.getByte(lf - 1) != '\r') {
            throw bad("a line that does not end in CRLF");
        }
        line(in, start, lf - 1);
        scanned = lf + 1 - reader;
        lineStart = scanned;
        return true;
    }

    private void line(ByteBuf in, int start, int end) {
        switch (part) {
            case STATUS_LINE -> {
                checkStatusLine(in, start, end);
                part = Part.FIELDS;
            }
            case FIELDS -> {
                if (start == end) {
                    part = Part.ENDED;
                } else {
                    checkField(in, start, end);
                }
            }
            case CHUNK_SIZE -> {
                chunkLeft = chunkSize(in, start, end);
                part = chunkLeft == 0 ? Part.TRAILERS : Part.CHUNK_DATA;
            }
            case CHUNK_END -> {
                if (start != end) {
                    throw bad("a chunk that is longer than its size says");
                }
                part = Part.CHUNK_SIZE;
            }
            case TRAILERS -> {
                if (start == end) {
                    part = Part.ENDED;
                } else {
                    checkField(in, start, end);
                }
            }
            case BODY, CHUNK_DATA, ENDED -> throw new IllegalStateException("no lines in " + part);
        }
    }

    /** HTTP-version SP status-code SP [reason-phrase]; the last space is missed by many (RFC 9112, section 4). */
    private static void checkStatusLine(ByteBuf in, int start, int end) {
        String form = "HTTP/1.d ddd";
        if (end - start < form.length()) {
            throw bad("no status line");
        }
        for (int at = 0; at < form.length(); at++) {
            int octet = in.getUnsignedByte(start + at);
            char wanted = form.charAt(at);
            if (wanted == 'd' ? octet < '0' || octet > '9' : octet != wanted) {
                throw bad("no status line (expected: HTTP/1.1, a space, three digits)");
            }
        }
        int behind = start + form.length();
        if (behind < end && in.getByte(behind) != ' ') {
            throw bad("a status of more than three digits");
        }
        checkText(in, behind, end, "the status line");
    }

    /** field-name ":" OWS field-value OWS (RFC 9112, section 5); a folded line has no name either. */
    private static void checkField(ByteBuf in, int start, int end) {
        int colon = in.indexOf(start, end, (byte) ':');
        if (colon <= start) {
            throw bad("a field without a name");
        }
        for (int at = start; at < colon; at++) {
            if (!FieldSyntax.isTokenOctet(in.getUnsignedByte(at))) {
                throw bad("a field's name that is no token, or a folded line");
            }
        }
        checkText(in, colon + 1, end, "a field");
    }

    /** chunk-size [ chunk-ext ] (RFC 9112, section 7.1). */
    private static long chunkSize(ByteBuf in, int start, int end) {
        long size = 0;
        int at = start;
        while (at < end) {
            int digit = Character.digit(in.getByte(at), 16);
            if (digit < 0) {
                break;
            }
            size = (size << 4) | digit;
            at++;
            if (at - start > MAX_SIZE_DIGITS) {
                throw bad("a chunk's size of more than " + MAX_SIZE_DIGITS + " digits");
            }
        }
        if (at == start || (at < end && in.getByte(at) != ';')) {
            throw bad("a chunk's size that is no hexadecimal number");
        }
        checkText(in, at, end, "a chunk's extension");
        return size;
    }

    private static void checkText(ByteBuf in, int start, int end, String where) {
        for (int at = start; at < end; at++) {
            if (!FieldSyntax.isTextOctet(in.getUnsignedByte(at))) {
                throw bad("a control character in " + where);
            }
        }
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(what);
    }
}
