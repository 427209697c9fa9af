package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's HTTP/1.1 decoder, with {@link HeadScanner} in front and {@link RequestFraming} behind: what two readers could
 * read in two ways is refused. A refused request comes out with the reason in its {@link DecoderResult}; what follows
 * it on the connection is not read.
 *
 * <p>Bodies are Netty's, with strict line parsing. It holds at most one head.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    /** Netty counts differently; its own limits only have to be looser than the scanner's. */
    private static final int SLACK = 1024;

    private static final int CHUNK_BYTES = 64 * 1024;

    private final HeadScanner scanner;
    private boolean inHead = true;
    private boolean refused;
    private boolean foldedTrailer;

    StrictRequestDecoder(EdgeSettings.Limits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.targetBytes() + SLACK)
                .setMaxHeaderSize(limits.headerBytes() + SLACK)
                .setMaxChunkSize(CHUNK_BYTES)
                // The scanner has looked at each byte of a head's fields; trailers are Netty's.
                .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false));
        this.scanner = new HeadScanner(limits);
    }

    /** Whether bytes of a request's head are waiting for the rest. */
    boolean hasPartOfHead() {
        return inHead && scanner.hasBegun();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            if (inHead && !scanner.reachesEnd(in)) {
                return;
            }
        } catch (UnacceptableRequest refusal) {
            in.skipBytes(in.readableBytes());
            out.add(refusal(refusal));
            return;
        }
        int firstNew = out.size();
        int start = in.readerIndex();
        boolean inBody = !inHead;
        super.decode(context, in, out);
        boolean data = false;
        for (Object message : out.subList(firstNew, out.size())) {
            if (message instanceof HttpRequest request) {
                inHead = false;
                checkFraming(request);
            }
            if (message instanceof HttpContent content) {
                // The last piece of a body with a length holds data too, and data is not to be read as lines.
                data |= content.content().isReadable();
            }
            if (message instanceof LastHttpContent last) {
                inHead = true;
                checkTrailers(last);
            }
        }
        if (inBody && !data && !foldedTrailer) {
            foldedTrailer = hasFoldedLine(in, start, in.readerIndex());
            if (foldedTrailer && inHead) {
                checkTrailers((LastHttpContent) out.getLast());
            }
        }
    }

    /** Netty unfolds what it finds after the last chunk; here it is refused as it is in the head. */
    private void checkTrailers(LastHttpContent last) {
        if (foldedTrailer) {
            refused = true;
            last.setDecoderResult(DecoderResult.failure(UnacceptableRequest.malformed("a folded line")));
        }
    }

    private static boolean hasFoldedLine(ByteBuf in, int start, int end) {
        boolean lineStart = true;
        for (int at = start; at < end; at++) {
            byte octet = in.getByte(at);
            if (lineStart && (octet == ' ' || octet == '\t')) {
                return true;
            }
            lineStart = octet == '\n';
        }
        return false;
    }

    /** Netty would silently drop the length; two answers to "where does it end" are refused instead. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    private void checkFraming(HttpRequest request) {
        if (request.decoderResult().isSuccess()) {
            try {
                RequestFraming.check(request);
            } catch (UnacceptableRequest refusal) {
                request.setDecoderResult(DecoderResult.failure(refusal));
            }
        }
        refused = request.decoderResult().isFailure();
    }

    private HttpRequest refusal(UnacceptableRequest refusal) {
        refused = true;
        HttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
        request.setDecoderResult(DecoderResult.failure(refusal));
        return request;
    }
}
