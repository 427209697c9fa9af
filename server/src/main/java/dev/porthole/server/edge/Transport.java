package dev.porthole.server.edge;

import dev.porthole.core.wire.SteadyEpoll;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How sockets are driven here: epoll on Linux, Java's own selector elsewhere. */
record Transport(
        IoHandlerFactory handlers, Class<? extends ServerSocketChannel> server, Class<? extends SocketChannel> client) {

    static Transport best() {
        return Epoll.isAvailable()
                ? new Transport(SteadyEpoll.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class)
                : new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }
}
