package dev.porthole.server.edge;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between an agent and its edge, as bad as a test wants it: slow, narrow, in crumbs, silent, cut, or cut on
 * one side alone. It loses no byte of a connection that lives, as TCP does not.
 */
final class ChaosProxy implements AutoCloseable {
    /**
     * How bytes travel, each way.
     *
     * @param latency how long each is on its way
     * @param jitter up to how much longer; they stay in order
     * @param bytesPerSecond how many pass; 0 for no limit
     * @param segment how many pass at once; 0 for as many as came
     */
    record Weather(Duration latency, Duration jitter, long bytesPerSecond, int segment) {
        static final Weather FAIR = new Weather(Duration.ZERO, Duration.ZERO, 0, 0);

        Weather withLatency(Duration mean, Duration more) {
            return new Weather(mean, more, bytesPerSecond, segment);
        }

        Weather withBytesPerSecond(long rate) {
            return new Weather(latency, jitter, rate, segment);
        }

        Weather inSegmentsOf(int bytes) {
            return new Weather(latency, jitter, bytesPerSecond, bytes);
        }
    }

    /** One end of a connection through the proxy. */
    enum Side {
        AGENT,
        EDGE
    }

    /** One connection: two sockets and what flows between them. */
    private record Passage(Socket agent, Socket edge) {
        Socket socket(Side side) {
            return side == Side.AGENT ? agent : edge;
        }
    }

    private final InetSocketAddress edge;
    private final ServerSocket listener;
    private final List<Passage> passages = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Hole hole = new Hole();
    private volatile Weather weather = Weather.FAIR;

    ChaosProxy(InetSocketAddress edge) throws IOException {
        this.edge = edge;
        this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("chaos").start(this::accept);
    }

    /** What an agent dials. */
    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Connections that were made through it so far. */
    int connections() {
        return accepted.get();
    }

    /** From the next byte on. */
    void weather(Weather other) {
        weather = other;
    }

    /** Nothing arrives any more and nobody is told, until {@link #fillHole}. */
    void openHole() {
        hole.open();
    }

    /** What was held back arrives. */
    void fillHole() {
        hole.fill();
    }

    /** Both ends of every connection see a reset. */
    void resetAll() {
        for (Passage passage : passages) {
            reset(passage.agent);
            reset(passage.edge);
        }
        passages.clear();
    }

    /** This side of every connection is gone, and the other side hears nothing of it. */
    void losePower(Side side) {
        for (Passage passage : passages) {
            hole.forget(passage.agent, passage.edge);
            reset(passage.socket(side));
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket agent = listener.accept();
                Thread.ofVirtual().name("chaos-connect").start(() -> connect(agent));
            }
        } catch (IOException closed) {
            resetAll();
        }
    }

    private void connect(Socket agent) {
        try {
            hole.pass(agent);
            Socket upstream = new Socket();
            upstream.connect(edge);
            agent.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            passages.add(new Passage(agent, upstream));
            accepted.incrementAndGet();
            new ChaosPump(agent, upstream, () -> weather, hole).start();
            new ChaosPump(upstream, agent, () -> weather, hole).start();
        } catch (IOException | InterruptedException refused) {
            reset(agent);
        }
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // It needs no end any more.
        }
        close(socket);
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException gone) {
            // The same.
        }
    }

    @Override
    public void close() {
        close(listener);
        hole.fill();
        resetAll();
    }

    /** Holds bytes back while it is open; for connections that lost one side it never fills. */
    static final class Hole {
        private final List<Socket> forgotten = new CopyOnWriteArrayList<>();
        private boolean open;

        synchronized void open() {
            open = true;
        }

        synchronized void fill() {
            open = false;
            notifyAll();
        }

        void forget(Socket one, Socket other) {
            forgotten.add(one);
            forgotten.add(other);
        }

        boolean hasForgotten(Socket socket) {
            return forgotten.contains(socket);
        }

        synchronized void pass(Socket socket) throws InterruptedException {
            while (open && !socket.isClosed()) {
                wait(1000);
            }
        }
    }
}
