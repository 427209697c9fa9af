package dev.porthole.desktop.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** A program of this computer that speaks bytes: each connection has a thread of its own. */
final class RawServer implements AutoCloseable {
    /** What it does with a connection; ending it is up to it. */
    @FunctionalInterface
    interface Talk {
        void with(Socket connection) throws Exception;
    }

    final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final ServerSocket listener;

    RawServer(Talk talk) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket connection = listener.accept();
                    Thread.ofVirtual().start(() -> talk(talk, connection));
                } catch (IOException over) {
                    return;
                }
            }
        });
    }

    private void talk(Talk talk, Socket connection) {
        try {
            talk.with(connection);
        } catch (Exception failed) {
            failure.complete(failed);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
