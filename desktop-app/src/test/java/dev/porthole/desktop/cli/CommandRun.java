package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.embedded.OwnServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this process, with a core, a terminal and signals of the test's own. */
final class CommandRun {
    final FakePorthole porthole;
    final Map<String, String> environment = new HashMap<>();
    final List<Porthole.Options> opened = new ArrayList<>();
    final List<URI> browsed = new ArrayList<>();
    final List<String> ownServer = new ArrayList<>();
    private final Lines out = new Lines();
    private final Lines err = new Lines();
    private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
    private String typed = "";
    private boolean attended;
    private boolean coloured;
    private int width = Integer.MAX_VALUE;
    boolean browserOpens = true;
    Window window = Window.none();

    @Nullable
    PortholeException openFails;

    /** Whether {@link #openFails} is only for whoever has an API key. */
    boolean opensWithoutKey;

    CommandRun(FakePorthole porthole) {
        this.porthole = porthole;
    }

    /** What is typed; a person sits in front of the terminal. */
    CommandRun typing(String lines) {
        typed = lines;
        attended = true;
        return this;
    }

    /** A terminal in front of a person, so wide and with colours. */
    CommandRun wide(int columns) {
        attended = true;
        coloured = true;
        width = columns;
        return this;
    }

    /** What comes through a pipe. */
    CommandRun piping(String lines) {
        typed = lines;
        return this;
    }

    /** All commands, to be looked at. */
    static CommandLine commands() {
        CommandRun unused = new CommandRun(new FakePorthole(Path.of("target/no-home")));
        return unused.cli().commands();
    }

    int run(String... args) {
        return cli().run(args);
    }

    private Cli cli() {
        Terminal terminal = new Terminal(
                out.stream(),
                err.stream(),
                new BufferedReader(new StringReader(typed)),
                attended,
                coloured,
                () -> width,
                false);
        Surroundings surroundings = new Surroundings(
                terminal,
                environment,
                porthole.home,
                this::open,
                this::joinOwnServer,
                this::browse,
                this::interrupts,
                "1.2.3",
                window);
        return new Cli(surroundings);
    }

    /** Starts a command that waits for a signal. */
    CompletableFuture<Integer> start(String... args) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> code.complete(run(args)));
        return code;
    }

    /** What Ctrl+C does, once the command listens for it. */
    void interrupt() throws Exception {
        stop.get(10, TimeUnit.SECONDS).run();
    }

    /** Waits for a line of data that starts so. */
    String awaitOut(String start) throws InterruptedException {
        return out.await(start);
    }

    String awaitErr(String start) throws InterruptedException {
        return err.await(start);
    }

    String out() {
        return out.all();
    }

    String err() {
        return err.all();
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out());
    }

    private Porthole open(Porthole.Options options) throws PortholeException {
        opened.add(options);
        if (openFails != null && (options.apiKey() != null || !opensWithoutKey)) {
            throw openFails;
        }
        return porthole;
    }

    private boolean browse(URI address) {
        browsed.add(address);
        return browserOpens;
    }

    private Subscription interrupts(Runnable first) {
        stop.complete(first);
        return () -> porthole.done.add("signals given back");
    }

    private OwnServer joinOwnServer() {
        ownServer.add("joined");
        return new OwnServer() {
            @Override
            public URI baseUri() {
                return URI.create("http://localhost:8080");
            }

            @Override
            public Porthole.OwnerCodeSource ownerCodes() {
                return (challenge, redirect) -> "code-for-" + challenge;
            }

            @Override
            public void close() {
                ownServer.add("released");
            }
        };
    }

    /** A stream that is read line by line while it is written. */
    private static final class Lines {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        PrintStream stream() {
            return new PrintStream(bytes, true, StandardCharsets.UTF_8) {
                @Override
                public void println(@Nullable String line) {
                    super.println(line);
                    lines.add(String.valueOf(line));
                }
            };
        }

        String await(String start) throws InterruptedException {
            while (true) {
                String line = lines.poll(10, TimeUnit.SECONDS);
                if (line == null) {
                    throw new AssertionError("no line starts with " + start + " in:\n" + all());
                }
                if (line.startsWith(start)) {
                    return line;
                }
            }
        }

        String all() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
