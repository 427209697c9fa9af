package dev.porthole.core.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A local app, byte by byte: each connection runs the behaviour on a thread of its own. */
final class RawApp implements AutoCloseable {
    /** What an app does with a connection; it is closed afterwards. */
    interface Behaviour {
        void serve(Connection connection) throws IOException, InterruptedException;
    }

    /** One connection to the app. */
    static final class Connection {
        private final Socket socket;
        private final BlockingQueue<String> heads;

        Connection(Socket socket, BlockingQueue<String> heads) {
            this.socket = socket;
            this.heads = heads;
        }

        Socket socket() {
            return socket;
        }

        /** Reads a head up to its empty line; the empty text at the end of input. */
        String readHead() throws IOException {
            String head = head(socket.getInputStream());
            if (!head.isEmpty()) {
                heads.add(head);
            }
            return head;
        }

        String read(int bytes) throws IOException {
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }
    }

    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    RawApp(Behaviour behaviour) throws IOException {
        this(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), behaviour);
    }

    RawApp(InetAddress address, Behaviour behaviour) throws IOException {
        this(new ServerSocket(0, 50, address), behaviour);
    }

    /** On a listener of another kind, TLS for one; closes it at the end. */
    RawApp(ServerSocket listener, Behaviour behaviour) {
        this.listener = listener;
        Thread.ofVirtual().start(() -> accept(behaviour));
    }

    /** Answers each request with a body that closes nothing. */
    static RawApp answering(String... heads) throws IOException {
        String answer = String.join("\r\n", heads);
        return new RawApp(connection -> {
            while (!connection.readHead().isEmpty()) {
                connection.write(answer);
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** The next request's head as it came. */
    String nextHead() throws InterruptedException {
        String head = heads.poll(20, TimeUnit.SECONDS);
        if (head == null) {
            throw new AssertionError("no request came");
        }
        return head;
    }

    int waitingHeads() {
        return heads.size();
    }

    /** Waits until a connection's behaviour is over. */
    void awaitConnectionEnd() throws InterruptedException {
        if (ended.poll(20, TimeUnit.SECONDS) == null) {
            throw new AssertionError("no connection ended");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void accept(Behaviour behaviour) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, behaviour, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, Behaviour behaviour, int number) {
        try (socket) {
            behaviour.serve(new Connection(socket, heads));
        } catch (IOException | InterruptedException over) {
            // What a test wants to know of the end, it learns from the other side.
            return;
        } finally {
            ended.add(number);
        }
    }
}
