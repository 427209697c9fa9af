package dev.porthole.server.edge;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.TunnelRoute;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A visitor at a TCP tunnel's port, the agent that carries it, and the stream that its connection has become. */
final class TcpVisit implements AutoCloseable {
    /** Does nothing by itself: the test is the agent's endpoint. */
    static final WireAgent.App SILENT = new WireAgent.App() {};

    final WireAgent agent;
    final Socket visitor;
    final AgentSideStream stream;

    /** The endpoint has not accepted yet. */
    TcpVisit(EdgeFixture fixture, TunnelRoute route) throws Exception {
        agent = fixture.agent();
        agent.app = SILENT;
        visitor = dial(route);
        stream = agent.nextRequest();
    }

    /** The endpoint has accepted. */
    static TcpVisit joined(EdgeFixture fixture, TunnelRoute route) throws Exception {
        TcpVisit visit = new TcpVisit(fixture, route);
        visit.stream.answer(200);
        return visit;
    }

    /** A visitor alone. */
    static Socket dial(TunnelRoute route) throws IOException {
        return RawHttp2.connected(Objects.requireNonNull(route.port()).listen());
    }

    void write(String text) throws IOException {
        visitor.getOutputStream().write(bytes(text));
    }

    /** What the visitor reads next. */
    String read(int bytes) throws IOException {
        return new String(visitor.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    /** What the visitor reads until the proper end. */
    byte[] readToTheEnd() throws IOException {
        return visitor.getInputStream().readAllBytes();
    }

    /** The visitor breaks its connection. */
    void breakOff() throws IOException {
        visitor.setSoLinger(true, 0);
        visitor.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        visitor.close();
        agent.close();
    }
}
