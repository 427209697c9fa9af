package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whoever waits for the answer to one request, as an {@link Exchange} sees them, whatever version of HTTP they speak.
 *
 * <p>Event loop only. What is written is flushed by itself. Buffers that are given away are released here.
 */
interface Visitor {
    /** The connection that the request came on. */
    Channel channel();

    /** How that connection came in. */
    Entrance entrance();

    /** The other end of that connection. */
    InetSocketAddress address();

    /** The id that this edge gave the request; both sides log it. */
    String requestId();

    /** Whether more of the answer is taken now; {@link Exchange#onVisitorWritable} follows if not. */
    boolean isWritable();

    /** Whether part of the final answer is out. */
    boolean hasAnswered();

    /** The exchange takes more of the request's body again. */
    void resumeReading();

    /** Passes on a 1xx answer, if the visitor knows them. */
    void informational(HttpResponse response);

    /** Sends status and fields of the final answer. {@code noBody}: nothing will follow but the end. */
    void head(HttpResponse response, boolean noBody);

    /** Sends a piece of the answer's body. The future tells when the visitor's connection has taken it. */
    ChannelFuture body(ByteBuf data);

    /** Ends the answer, and with it the exchange. */
    void end(@Nullable HttpHeaders trailers);

    /** Answers with a page of the edge's own, which ends the exchange. Only before {@link #head}. */
    void page(EdgePage page);

    /** Breaks the answer off so that it never looks complete, and ends the exchange. */
    void abort();

    /** The same as {@link #abort}, without waiting until what was written is sent: it is dropped. */
    default void drop() {
        abort();
    }

    /**
     * Answers 101 and takes HTTP off the connection: what is added to the pipeline next has it for itself. False if
     * that can't be done, because the visitor did not wait for the answer or speaks HTTP/2; then nothing was written.
     */
    boolean handOver(HttpResponse switching);
}
