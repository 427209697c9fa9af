package dev.porthole.core.agent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * What Linux says of addresses and links in files (proc(5), sysfs(5)): every local IPv4 address is in
 * {@code /proc/net/fib_trie}, every IPv6 one in {@code if_inet6}, and an interface's {@code operstate} says whether it
 * has a link. They stay open, so that a look is a few reads; to list interfaces takes 25 calls of the system. Plainly
 * read, as this runs once in a while and is never compiled.
 *
 * <p>A computer without IPv6 says so by having no such file. Where one of the others can't be read, as on other
 * systems, everything may have changed at any time. One thread.
 */
final class NetworkFiles implements AutoCloseable {
    /** A sum of none. */
    private static final long UNKNOWN = -1;

    private static final long MISSING = -2;

    /** Longer ones, of routers and of networks in thousands of pieces, take longer to read than interfaces to list. */
    private static final int MOST_BYTES = 64 * 1024;

    private final Path root;
    private final Path addresses4;
    private final Path addresses6;
    private final boolean there;
    private final Map<Path, RandomAccessFile> open = new HashMap<>();
    private final Map<Path, Long> sums = new HashMap<>();
    private final byte[] piece = new byte[4096];
    private List<Path> files = List.of();

    /** @param root where {@code proc} and {@code sys} are */
    NetworkFiles(Path root) {
        this.root = root;
        this.addresses4 = root.resolve("proc/net/fib_trie");
        this.addresses6 = root.resolve("proc/net/if_inet6");
        this.there = Files.isReadable(addresses4);
        followLinks(Set.of());
    }

    /** The interfaces that matter: whether they have a link is news from now on. */
    void followLinks(Set<String> interfaces) {
        List<Path> wanted = new ArrayList<>(List.of(addresses4, addresses6));
        interfaces.stream()
                .sorted()
                .map(name -> root.resolve("sys/class/net").resolve(name).resolve("operstate"))
                .forEach(wanted::add);
        if (!wanted.equals(files)) {
            files = wanted;
            close();
        }
    }

    /** Whether anything is not as it was when this was asked last. True the first time. */
    boolean mayHaveChanged() {
        if (!there) {
            return true;
        }
        boolean changed = false;
        for (Path file : files) {
            Long sum = sum(file);
            changed |= !sum.equals(sums.put(file, sum)) || sum == UNKNOWN;
        }
        return changed;
    }

    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::forget);
        sums.clear();
    }

    private long sum(Path file) {
        try {
            RandomAccessFile from = open.get(file);
            if (from == null) {
                from = new RandomAccessFile(file.toFile(), "r");
                open.put(file, from);
            }
            from.seek(0);
            CRC32 sum = new CRC32();
            int bytes = 0;
            for (int read = from.read(piece); read > 0 && bytes < MOST_BYTES; read = from.read(piece)) {
                sum.update(piece, 0, read);
                bytes += read;
            }
            return bytes < MOST_BYTES ? sum.getValue() : UNKNOWN;
        } catch (IOException unreadable) {
            forget(file);
            return file.equals(addresses6) && Files.notExists(file) ? MISSING : UNKNOWN;
        }
    }

    private void forget(Path file) {
        RandomAccessFile gone = open.remove(file);
        if (gone != null) {
            try {
                gone.close();
            } catch (IOException nothingToLose) {
                // It was only read.
            }
        }
    }
}
