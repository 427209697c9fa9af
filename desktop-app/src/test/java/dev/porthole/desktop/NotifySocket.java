package dev.porthole.desktop;

import java.io.BufferedReader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service manager's end of NOTIFY_SOCKET: a Python program that prints what it gets, a line each. */
public final class NotifySocket implements AutoCloseable {
    private static final String PROGRAM = """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + name[1:] if name.startswith('@') else name)
            print('bound', flush=True)
            while True:
                print(s.recv(4096).decode(), flush=True)
            """;

    private final Process process;
    private final BlockingQueue<String> got = new LinkedBlockingQueue<>();

    private NotifySocket(Process process) {
        this.process = process;
        Thread.ofVirtual().name("notify-socket").start(() -> {
            BufferedReader lines = process.inputReader();
            lines.lines().forEach(got::add);
        });
    }

    /** Listens at a path, or at {@code @} and an abstract name. */
    public static NotifySocket at(String address) throws Exception {
        NotifySocket socket = new NotifySocket(new ProcessBuilder("/usr/bin/python3", "-c", PROGRAM, address).start());
        socket.await("bound");
        return socket;
    }

    /** Waits for an assignment that starts so; those before it are passed over. */
    public String await(String start) throws InterruptedException {
        while (true) {
            String next = got.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing starts with " + start);
            }
            if (next.startsWith(start)) {
                return next;
            }
        }
    }

    /** What came and was not waited for. */
    public java.util.List<String> rest() {
        return java.util.List.copyOf(got);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
