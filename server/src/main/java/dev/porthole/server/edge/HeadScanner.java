package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the bytes of a request's head before anything parses them, each byte once, and refuses at the first line
 * that is wrong: one that does not end in CRLF, a folded one, control characters, a name that is no token, white space
 * around a length, or too much of anything (RFC 9112, sections 2.2, 3 and 5).
 *
 * <p>It moves no index but over empty lines in front. One per connection; not thread-safe.
 */
final class HeadScanner {
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final EdgeSettings.Limits limits;
    private int scanned;
    private int lineStart;
    private int requestLineBytes;
    private int fields;

    HeadScanner(EdgeSettings.Limits limits) {
        this.limits = limits;
    }

    /** Whether part of a head was seen. */
    boolean hasBegun() {
        return scanned > 0;
    }

    /** Whether the whole head is there, from {@code in}'s reader index on; if so, ready for the next head. */
    boolean reachesEnd(ByteBuf in) throws UnacceptableRequest {
        while (true) {
            int start = in.readerIndex();
            int lf = in.indexOf(start + scanned, in.writerIndex(), LF);
            scanned = (lf < 0 ? in.writerIndex() : lf + 1) - start;
            checkSize();
            if (lf < 0) {
                return false;
            }
            if (isEmptyInFront(in, lf)) {
                in.readerIndex(lf + 1);
                scanned = 0;
            } else if (line(in, start + lineStart, lf)) {
                reset();
                return true;
            } else {
                lineStart = scanned;
            }
        }
    }

    private void reset() {
        scanned = 0;
        lineStart = 0;
        requestLineBytes = 0;
        fields = 0;
    }

    /** A client may send an empty line before a request (RFC 9112, section 2.2). */
    private boolean isEmptyInFront(ByteBuf in, int lf) {
        return requestLineBytes == 0 && lf == in.readerIndex() + 1 && in.getByte(lf - 1) == CR;
    }

    private void checkSize() throws UnacceptableRequest {
        if (requestLineBytes == 0 && scanned > limits.targetBytes()) {
            throw UnacceptableRequest.targetTooLong(limits.targetBytes());
        }
        if (requestLineBytes != 0 && scanned - requestLineBytes > limits.headerBytes()) {
            throw UnacceptableRequest.headTooLarge(limits.headerBytes() + " bytes");
        }
    }

    /** Checks one line; true if it is the empty one that ends the head. */
    private boolean line(ByteBuf in, int start, int lf) throws UnacceptableRequest {
        if (lf == start || in.getByte(lf - 1) != CR) {
            throw UnacceptableRequest.malformed("a line that does not end in CRLF");
        }
        int end = lf - 1;
        if (requestLineBytes == 0) {
            checkRequestLine(in, start, end);
            requestLineBytes = scanned;
            return false;
        }
        if (end == start) {
            return true;
        }
        checkField(in, start, end);
        if (++fields > limits.headerCount()) {
            throw UnacceptableRequest.headTooLarge(limits.headerCount() + " fields");
        }
        return false;
    }

    /** method SP request-target SP HTTP-version, and nothing else (RFC 9112, section 3). */
    private static void checkRequestLine(ByteBuf in, int start, int end) throws UnacceptableRequest {
        int spaces = 0;
        for (int at = start; at < end; at++) {
            int octet = in.getUnsignedByte(at);
            if (octet == ' ') {
                spaces++;
            } else if (octet < 0x21 || octet == 0x7f) {
                throw UnacceptableRequest.malformed("a control character in the request line");
            } else if (spaces == 0 && !FieldSyntax.isTokenOctet(octet)) {
                throw UnacceptableRequest.malformed("a method that is no token");
            }
        }
        if (spaces != 2 || in.getByte(start) == ' ') {
            throw UnacceptableRequest.malformed("the request line is not a method, a target and a version");
        }
    }

    /** field-name ":" OWS field-value OWS (RFC 9112, section 5). */
    private static void checkField(ByteBuf in, int start, int end) throws UnacceptableRequest {
        int colon = in.indexOf(start, end, (byte) ':');
        if (colon <= start) {
            throw UnacceptableRequest.malformed("a header line without a name");
        }
        for (int at = start; at < colon; at++) {
            if (!FieldSyntax.isTokenOctet(in.getUnsignedByte(at))) {
                throw UnacceptableRequest.malformed("a header field's name is no token, or its line is folded");
            }
        }
        int spaces = 0;
        for (int at = colon + 1; at < end; at++) {
            int octet = in.getUnsignedByte(at);
            if ((octet < 0x20 && octet != '\t') || octet == 0x7f) {
                throw UnacceptableRequest.malformed("a control character in a header field");
            }
            if (octet == ' ' || octet == '\t') {
                spaces++;
            }
        }
        if (spaces > 0 && isFraming(in, start, colon)) {
            boolean oneSpaceInFront = spaces == 1 && in.getByte(colon + 1) == ' ';
            if (!oneSpaceInFront) {
                throw UnacceptableRequest.malformed("white space in a field that says where the body ends");
            }
        }
    }

    private static boolean isFraming(ByteBuf in, int start, int colon) {
        int length = colon - start;
        if (length != "content-length".length() && length != "transfer-encoding".length()) {
            return false;
        }
        String name = in.toString(start, length, StandardCharsets.US_ASCII);
        return name.equalsIgnoreCase("content-length") || name.equalsIgnoreCase("transfer-encoding");
    }
}
