package dev.porthole.core.proxy;

import dev.porthole.core.wire.Ptth;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Reads an app's answers, one request at a time, as strictly as an edge reads visitors: Netty's decoder with
 * {@link AnswerScanner} in front of it. What is ambiguous fails instead of being repaired.
 */
final class EndpointResponseDecoder extends HttpResponseDecoder {
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private final AnswerScanner scanner = new AnswerScanner();
    private boolean answersHead;
    private boolean switched;

    EndpointResponseDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(Ptth.MAX_HEADER_LIST_BYTES)
                .setMaxChunkSize(CHUNK_BYTES)
                // The scanner has looked at each byte of a field.
                .setHeadersFactory(UNCHECKED)
                .setTrailersFactory(UNCHECKED)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
    }

    /** Tells which method the next answer is for: an answer to HEAD has no body whatever its fields say. */
    void expectAnswerTo(HttpMethod method) {
        answersHead = method.equals(HttpMethod.HEAD);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (switched) {
            super.decode(context, in, out);
            return;
        }
        scanner.scan(in);
        int before = in.readableBytes();
        int firstNew = out.size();
        super.decode(context, in, out);
        scanner.taken(before - in.readableBytes());
        for (Object message : out.subList(firstNew, out.size())) {
            if (message instanceof HttpResponse head && head.decoderResult().isSuccess()) {
                try {
                    checkFraming(head);
                } catch (IllegalArgumentException ambiguous) {
                    // Not thrown: the head is on its way, and has to say so itself.
                    head.setDecoderResult(DecoderResult.failure(ambiguous));
                    return;
                }
                switched = head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
                scanner.bodyBegins(HttpUtil.isTransferEncodingChunked(head));
            }
            if (message instanceof LastHttpContent) {
                scanner.answerEnded();
            }
        }
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

    /** Where the body ends is said once and plainly (RFC 9112, sections 6.1 to 6.3). */
    private static void checkFraming(HttpResponse head) {
        HttpHeaders fields = head.headers();
        int status = head.status().code();
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 100-599)");
        }
        List<String> lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.size() > 1
                || (lengths.size() == 1
                        && (!FieldSyntax.isDigits(lengths.getFirst())
                                || lengths.getFirst().length() > MAX_LENGTH_DIGITS))) {
            throw new IllegalArgumentException("Content-Length: " + lengths + " (expected: one number)");
        }
        List<String> codings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return;
        }
        if (codings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst())) {
            throw new IllegalArgumentException("Transfer-Encoding: " + codings + " (expected: chunked)");
        }
        if (!lengths.isEmpty() || head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            throw new IllegalArgumentException("Transfer-Encoding beside a Content-Length, or in HTTP/1.0");
        }
    }
}
