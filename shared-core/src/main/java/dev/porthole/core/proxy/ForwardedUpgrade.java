package dev.porthole.core.proxy;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade on its way to an app: the request over a connection of its own, then either bytes both ways, or the app's
 * own answer if it refused.
 *
 * <p>On the event loop only. What the edge sends before the 101 waits, not consumed.
 */
final class ForwardedUpgrade implements StreamHandler, EndpointExchange {
    private final EdgeStream stream;
    private final UpgradeRequest request;
    private final HostRewriting rewriting;
    private final AnswerRelay refusal;
    private final Duration firstByte;
    private final EarlyData early = new EarlyData();
    private @Nullable EndpointConnection connection;
    private @Nullable HttpResponse answer;
    private @Nullable RawPipe pipe;
    private boolean over;

    ForwardedUpgrade(
            EdgeStream stream,
            UpgradeRequest request,
            HostRewriting rewriting,
            Duration firstByte,
            BlockedHostLook look) {
        this.stream = stream;
        this.request = request;
        this.rewriting = rewriting;
        this.firstByte = firstByte;
        this.refusal = new AnswerRelay(stream, rewriting, false, look);
    }

    void start(EndpointDialer dialer, CarriedTunnel tunnel) {
        dialer.dial(tunnel, EndpointDialer.Purpose.UPGRADE).addListener((Future<Channel> dialled) -> {
            if (over) {
                if (dialled.isSuccess()) {
                    dialled.getNow().close();
                }
            } else if (dialled.isSuccess()) {
                connected(new EndpointConnection(dialled.getNow()));
            } else {
                finish();
                stream.fail(EndpointFailures.errorOf(dialled.cause()));
            }
        });
    }

    private void connected(EndpointConnection made) {
        connection = made;
        made.attach(this);
        made.writeHead(request.head());
        made.write(LastHttpContent.EMPTY_LAST_CONTENT);
        made.flush();
        made.answerWithin(firstByte);
    }

    // ---- from the app

    @Override
    public void onHead(HttpResponse received) {
        if (received.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            answer = received;
            return;
        }
        if (received.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        answer = received;
        if (connection != null) {
            connection.answerWithin(FirstByteTimer.NEVER);
        }
        if (received.status().codeClass() == HttpStatusClass.SUCCESS) {
            // In extended CONNECT a 2xx means that it worked. This one is the app's own, to a request that it took for
            // a plain one, and has to be told apart.
            Http2Headers marked = EndpointFields.answer(received, rewriting);
            stream.head(marked.set(WireHeaders.UPGRADE, WireHeaders.UPGRADE_REFUSED), false);
        } else {
            refusal.head(received);
        }
    }

    @Override
    public void onContent(HttpContent content) {
        if (answer == null) {
            content.release();
        } else if (answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            content.release();
            upgraded(answer);
        } else if (refusal.content(content)) {
            stream.stopReceiving();
            stream.flush();
            abandon();
        } else if (!refusal.wantsMore() && connection != null) {
            connection.setReading(false);
        }
    }

    @Override
    public void onReadComplete() {
        stream.flush();
    }

    @Override
    public void onLate() {
        abandon();
        stream.fail(PortholeError.ENDPOINT_TIMEOUT);
    }

    @Override
    public void onBroken(@Nullable Throwable cause) {
        abandon();
        stream.fail(PortholeError.ENDPOINT_REFUSED);
    }

    private void upgraded(HttpResponse switching) {
        EndpointConnection used = connection;
        if (used == null) {
            return;
        }
        if (!request.isAcceptedBy(switching)) {
            onBroken(null);
            return;
        }
        connection = null;
        stream.head(request.success(switching, rewriting), false);
        stream.flush();
        RawPipe joined = new RawPipe(stream, used.channel());
        pipe = joined;
        used.becomeRaw(joined);
        early.pourInto(joined);
    }

    // ---- from the edge

    @Override
    public int onData(ByteBuf data, boolean end) {
        if (over) {
            return data.readableBytes();
        }
        return pipe == null ? early.keep(data, end) : pipe.onData(data, end);
    }

    @Override
    public void onTrailers(Http2Headers trailers) {
        onData(io.netty.buffer.Unpooled.EMPTY_BUFFER, true);
    }

    @Override
    public void onWritabilityChanged() {
        if (pipe != null) {
            pipe.onWritabilityChanged();
        } else if (connection != null) {
            connection.setReading(refusal.wantsMore());
        }
    }

    @Override
    public void onClosed() {
        abandon();
        if (pipe != null) {
            pipe.onStreamClosed();
        }
    }

    private void abandon() {
        EndpointConnection used = connection;
        finish();
        if (used != null) {
            used.close();
        }
    }

    private void finish() {
        over = true;
        connection = null;
        early.discard();
    }
}
