package dev.porthole.server.relay;

import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.ControlMessageCodec;
import dev.porthole.core.wire.ControlMessageException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's half of the control stream: reads its messages and acts on them. It lives as long as its session; whoever
 * ends it, or answers it with anything but 200, ends the session. Event loop only.
 */
final class ControlStream implements StreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(ControlStream.class);

    private final AgentSession session;
    private final ControlMessageCodec codec = new ControlMessageCodec();

    ControlStream(AgentSession session) {
        this.session = session;
    }

    @Override
    public void onHeaders(Http2Headers headers, boolean endOfStream) {
        if (endOfStream || !"200".contentEquals(Objects.requireNonNullElse(headers.status(), ""))) {
            LOG.warn("{} refused the control stream: {}", session, headers.status());
            session.close();
        }
    }

    @Override
    public void onData(ByteBuf data, boolean endOfStream) {
        int bytes = data.readableBytes();
        try {
            for (ControlMessage message : codec.decode(data)) {
                take(message);
            }
        } catch (ControlMessageException broken) {
            LOG.warn("{} sent a broken control message: {}", session, broken.getMessage());
            session.close();
            return;
        }
        AgentStream stream = session.controlStream();
        if (stream != null) {
            stream.consumed(bytes);
        }
        if (endOfStream) {
            session.close();
        }
    }

    @Override
    public void onReset(long errorCode) {
        session.close();
    }

    private void take(ControlMessage message) {
        switch (message) {
            case ControlMessage.Announce announce -> session.announced(announce.tunnels());
            case ControlMessage.Withdraw withdraw -> session.withdrew(withdraw.tunnels());
            case ControlMessage.Drain _ -> session.agentDrains();
            // What only an edge says, and what a newer agent says: nothing of it concerns this edge.
            case ControlMessage.Acknowledge _ -> {}
            case ControlMessage.Probe _ -> {}
            case ControlMessage.Unknown unknown -> LOG.debug("{} says {}: ignored", session, unknown.type());
        }
    }
}
