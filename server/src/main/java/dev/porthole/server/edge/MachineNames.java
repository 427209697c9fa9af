package dev.porthole.server.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that people of the same network know this computer by: its host name, alone and below {@code .local}. */
final class MachineNames {
    private final CompletableFuture<Set<String>> found;

    private MachineNames(CompletableFuture<Set<String>> found) {
        this.found = found;
    }

    /**
     * Asks the system, which may ask a name server, on a thread of its own.
     *
     * @param except the server's own hosts: they are nobody else's
     */
    static MachineNames except(Set<String> except) {
        CompletableFuture<Set<String>> found = new CompletableFuture<>();
        Thread.ofVirtual().name("machine-names").start(() -> found.complete(ask(except)));
        return new MachineNames(found);
    }

    /** The names, in lower case; none while the system has not said them. Any thread. */
    Set<String> known() {
        return found.getNow(Set.of());
    }

    private static Set<String> ask(Set<String> except) {
        try {
            String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            return Stream.of(name, first, first + ".local")
                    .filter(own -> !except.contains(own))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (UnknownHostException nameless) {
            return Set.of();
        }
    }
}
