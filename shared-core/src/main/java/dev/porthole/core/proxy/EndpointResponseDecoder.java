package dev.porthole.core.proxy;

import dev.porthole.core.wire.Ptth;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseDecoder;

/**
 * Reads an app's answers, one request at a time, as strictly as an edge reads visitors: what is ambiguous fails instead
 * of being repaired.
 */
final class EndpointResponseDecoder extends HttpResponseDecoder {
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;

    private boolean answersHead;

    EndpointResponseDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(Ptth.MAX_HEADER_LIST_BYTES)
                .setMaxChunkSize(CHUNK_BYTES)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
    }

    /** Tells which method the next answer is for: an answer to HEAD has no body whatever its fields say. */
    void expectAnswerTo(HttpMethod method) {
        answersHead = method.equals(HttpMethod.HEAD);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return answersHead || super.isContentAlwaysEmpty(message);
    }

    /** RFC 9112, section 6.3: such an answer may be an attempt at response splitting. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length (expected: one of them)");
    }
}
