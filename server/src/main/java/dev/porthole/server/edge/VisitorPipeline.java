package dev.porthole.server.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;

/**
 * The handlers of a visitor's connection before anything is known of it. Without TLS, HTTP/1.1 stands ready, and gives
 * way if the first bytes are HTTP/2's preface. With TLS, the first byte and then the handshake decide.
 */
final class VisitorPipeline extends ChannelInitializer<Channel> {
    private final Reception reception;
    private final ChannelGroup visitors;
    private final Crowd crowd;

    /**
     * @param visitors where each connection is entered
     * @param crowd says whether there is room for it
     */
    VisitorPipeline(Reception reception, ChannelGroup visitors, Crowd crowd) {
        this.reception = reception;
        this.visitors = visitors;
        this.crowd = crowd;
    }

    @Override
    protected void initChannel(Channel channel) {
        visitors.add(channel);
        EdgeSettings.Tls tls = reception.settings().tls();
        EdgePage refusal = crowd.enter(channel);
        if (refusal != null && tls != null) {
            // A handshake to say so would cost more than the connection.
            channel.close();
        } else if (refusal != null) {
            TurnedAway.say(refusal, channel);
        } else if (tls == null) {
            Http1Connection http1 =
                    Http1Connection.add(channel.pipeline(), Entrance.PLAIN, reception.routing(), reception.settings());
            channel.pipeline().addFirst(new PrefaceDetector(context -> {
                http1.giveWay();
                Http2Connection.start(channel, Entrance.PLAIN, reception);
            }));
        } else {
            channel.pipeline().addLast(new TlsEntrance(tls.certificates(), reception));
        }
    }
}
