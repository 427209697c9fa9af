package dev.porthole.desktop.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program at a terminal: a pseudo-terminal that Python's pty module holds, typed at and resized by a test. */
final class PseudoTerminal implements AutoCloseable {
    private static final String HOLDER = """
            import fcntl, os, pty, select, signal, struct, sys, termios
            def size(fd, columns):
                fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
            pid, fd = pty.fork()
            if pid == 0:
                size(0, int(sys.argv[1]))
                # A build in the background has it ignored, and its children too.
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.execvp(sys.argv[2], sys.argv[2:])
            while True:
                ready, _, _ = select.select([fd, 0], [], [])
                if 0 in ready:
                    for line in os.read(0, 4096).decode().splitlines():
                        word, _, rest = line.partition(' ')
                        if word == 'size':
                            size(fd, int(rest))
                        elif word == 'type':
                            os.write(fd, bytes.fromhex(rest))
                if fd in ready:
                    try:
                        data = os.read(fd, 65536)
                    except OSError:
                        break
                    if not data:
                        break
                    os.write(1, data)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) % 256)
            """;

    private final Process process;
    private final StringBuilder written = new StringBuilder();
    private int read;

    private PseudoTerminal(Process process) {
        this.process = process;
        Thread.ofVirtual().name("pseudo-terminal").start(this::read);
    }

    /** Starts a program of ours at a terminal of this width. */
    static PseudoTerminal start(int columns, Class<?> main, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", HOLDER, Integer.toString(columns)));
        command.addAll(Program.command(main, arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PORTHOLE_") || name.equals("NO_COLOR"));
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.start());
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            byte[] some = new byte[4096];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                synchronized (written) {
                    written.append(new String(some, 0, count, StandardCharsets.UTF_8));
                    written.notifyAll();
                }
            }
        } catch (IOException ended) {
            // With the program.
        }
    }

    /** Waits until this has been written after what was waited for before; gives all up to its end. */
    String await(String text) throws InterruptedException {
        long end = System.nanoTime() + Visitor.PATIENCE.toNanos();
        synchronized (written) {
            while (true) {
                int at = written.indexOf(text, read);
                if (at >= 0) {
                    String passed = written.substring(read, at + text.length());
                    read = at + text.length();
                    return passed;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("nothing says " + text + " in:\n" + written);
                }
                written.wait(left);
            }
        }
    }

    /** All that was written. */
    String screen() {
        synchronized (written) {
            return written.toString();
        }
    }

    void type(String keys) throws IOException {
        tell("type " + java.util.HexFormat.of().formatHex(keys.getBytes(StandardCharsets.UTF_8)));
    }

    void resize(int columns) throws IOException {
        tell("size " + columns);
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(Visitor.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + screen());
        }
        return process.exitValue();
    }

    private void tell(String line) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        // The program ends with its terminal.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
