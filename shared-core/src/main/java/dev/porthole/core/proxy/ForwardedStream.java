package dev.porthole.core.proxy;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * One visitor's stream on its way to an app that speaks HTTP/2, and the answer back: stream to stream.
 *
 * <p>Threads: the event loop only. Back-pressure: each side's window is given back as the other side's takes the bytes,
 * so that at most a window of them waits here in each direction. Closing: a visitor who leaves cancels the app's
 * stream; an app that resets it resets the visitor's, with the same code where it is one that callers act upon (RFC
 * 9113, section 7). Nothing is ever sent twice, not even what the app says it has not looked at (REFUSED_STREAM,
 * GOAWAY): who asked hears that and may ask again.
 */
final class ForwardedStream implements StreamHandler {
    private final EdgeStream stream;
    private final Http2Request request;
    private final FirstByteTimer firstByte;
    private final Http2Answer answer;
    private @Nullable EndpointHttp2 connection;
    private @Nullable Stream toApp;
    private int heldFromEdge;
    private int heldFromApp;
    private boolean requestEnded;
    private boolean answerEnded;
    private boolean tunnel;
    private boolean over;

    ForwardedStream(EdgeStream stream, Http2Request request, FirstByteTimer firstByte) {
        this.stream = stream;
        this.request = request;
        this.firstByte = firstByte;
        this.answer = new Http2Answer(request.isHead(), request.isUpgrade());
    }

    /** Sends the request. {@code end}: that is all of it. */
    void startOn(EndpointHttp2 taken, boolean end) {
        connection = taken;
        requestEnded = end;
        toApp = taken.open(request.fields(), end, new FromApp());
        if (toApp == null) {
            finish();
            stream.fail(PortholeError.LIMIT_EXCEEDED, 431);
        } else {
            firstByte.restart(this::timedOut);
        }
    }

    // ---- from the edge

    @Override
    public int onData(ByteBuf data, boolean end) {
        int bytes = data.readableBytes();
        Stream to = toApp;
        if (over || requestEnded || to == null) {
            return bytes;
        }
        requestEnded = end;
        to.data(data.retain(), end);
        to.flush();
        if (to.isWritable() || to.isClosed()) {
            firstByte.progress();
            return bytes;
        }
        heldFromEdge += bytes;
        return 0;
    }

    @Override
    public void onTrailers(Http2Headers trailers) {
        Http2Headers fields = EndpointFields.trailers2(trailers);
        if (fields.isEmpty()) {
            onData(Unpooled.EMPTY_BUFFER, true);
        } else if (!over && !requestEnded && toApp != null) {
            requestEnded = true;
            toApp.trailers(fields);
            toApp.flush();
        }
    }

    /** The edge takes the answer again. */
    @Override
    public void onWritabilityChanged() {
        if (heldFromApp > 0 && toApp != null && stream.isWritable()) {
            int bytes = heldFromApp;
            heldFromApp = 0;
            toApp.consumed(bytes);
        }
    }

    @Override
    public void onClosed() {
        boolean complete = over || (requestEnded && answerEnded);
        finish();
        if (!complete) {
            cancel();
        }
    }

    // ---- from the app

    private final class FromApp implements StreamReceiver {
        /** The app takes the request again. */
        @Override
        public void onWritable() {
            int bytes = heldFromEdge;
            heldFromEdge = 0;
            firstByte.progress();
            stream.consumed(bytes);
        }

        @Override
        public void onHeaders(Http2Headers fields, boolean end) {
            if (over) {
                return;
            }
            switch (answer.fields(fields, end)) {
                case INTERIM -> interim(fields);
                case HEAD -> {
                    firstByte.stop();
                    tunnel = request.isAcceptedBy(fields);
                    stream.head(request.answer(fields), end);
                }
                case TRAILERS -> trailers(EndpointFields.trailers2(fields));
                case NONE -> {
                    broken();
                    return;
                }
            }
            answered(end);
        }

        @Override
        public void onData(ByteBuf data, boolean end) {
            if (over) {
                return;
            }
            int bytes = data.readableBytes();
            if (!answer.body(bytes, end)) {
                broken();
                return;
            }
            stream.data(data.retain(), end);
            heldFromApp += bytes;
            onWritabilityChanged();
            answered(end);
        }

        @Override
        public void onClosed(boolean complete, long errorCode) {
            if (over) {
                return;
            }
            if (!answerEnded) {
                brokenOff(errorCode);
            } else if (!requestEnded) {
                stream.stopReceiving();
            }
        }
    }

    private void interim(Http2Headers fields) {
        if (!request.isUpgrade()) {
            stream.interim(request.answer(fields));
        }
    }

    private void trailers(Http2Headers trailers) {
        if (trailers.isEmpty()) {
            stream.end();
        } else {
            stream.trailers(trailers);
        }
    }

    private void answered(boolean end) {
        stream.flush();
        if (!end) {
            return;
        }
        answerEnded = true;
        if (tunnel) {
            // The visitor may still have something to say.
            return;
        }
        finish();
        stream.stopReceiving();
        if ((!requestEnded || heldFromEdge > 0) && connection != null) {
            // Nobody is interested in what is left of it. Not now: this stream is being told of its end.
            connection.channel().eventLoop().execute(this::cancel);
        }
    }

    /** The app reset the stream, or its connection is lost. */
    private void brokenOff(long errorCode) {
        boolean lost = connection == null || !connection.isUp();
        finish();
        Http2Error code = lost ? null : Http2Error.valueOf(errorCode);
        switch (code) {
            case CANCEL, REFUSED_STREAM, ENHANCE_YOUR_CALM -> stream.reset(code);
            case null, default -> stream.fail(PortholeError.ENDPOINT_REFUSED);
        }
    }

    /** What the app said is no answer. */
    private void broken() {
        finish();
        if (toApp != null) {
            toApp.reset(Http2Error.PROTOCOL_ERROR);
        }
        stream.fail(PortholeError.ENDPOINT_REFUSED);
    }

    private void timedOut() {
        finish();
        cancel();
        if (connection != null) {
            connection.suspect(firstByte.limit());
        }
        stream.fail(PortholeError.ENDPOINT_TIMEOUT);
    }

    private void cancel() {
        if (toApp != null) {
            toApp.reset(Http2Error.CANCEL);
        }
    }

    private void finish() {
        over = true;
        firstByte.stop();
    }
}
