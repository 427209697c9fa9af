package dev.porthole.server.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.ReferenceCountUtil;

/**
 * A connection that is one too many: it is told so at once, whatever it wanted, and closed. What it sends is dropped.
 * Event loop only.
 */
final class TurnedAway extends ChannelInboundHandlerAdapter {
    private final EdgePage page;

    private TurnedAway(EdgePage page) {
        this.page = page;
    }

    static void say(EdgePage page, Channel channel) {
        channel.pipeline().addLast(new HttpResponseEncoder()).addLast(new TurnedAway(page));
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        active.write(page.whole(active.alloc()));
        new Farewell(active.channel()).afterLinger();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        ReferenceCountUtil.release(message);
        // Once more, so that its end is seen; whoever goes on sending is cut off all the same.
        reading.read();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        failed.close();
    }
}
