package dev.porthole.server.edge.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One certificate from two files, read again when they change. Files that can't be used change nothing: what was served
 * before is served on, and the log says so once. Looking at two times of change every few seconds finds every way in
 * which files are replaced (moved, written over, or a link above them turned), which the system's events do not.
 */
public final class FileCertificates implements Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(FileCertificates.class);

    /** How soon a change is noticed. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** What the files looked like. */
    private record Stamp(
            @Nullable FileTime certificate,
            long certificateBytes,
            @Nullable FileTime key,
            long keyBytes) {}

    private final Path certificate;
    private final Path key;
    private final Thread watcher;
    private volatile Served served;
    private Stamp seen;

    private FileCertificates(Path certificate, Path key, Duration interval) throws UnusableCertificateException {
        this.certificate = certificate;
        this.key = key;
        this.seen = stamp();
        this.served = load();
        this.watcher = Thread.ofVirtual().name("certificate-files").start(() -> watch(interval));
    }

    /**
     * Reads the files and begins to watch them.
     *
     * @param certificate the chain in PEM, the server's own first
     * @param key in PEM
     * @throws UnusableCertificateException if there is nothing to serve
     */
    public static FileCertificates open(Path certificate, Path key, Duration interval)
            throws UnusableCertificateException {
        FileCertificates files = new FileCertificates(certificate, key, interval);
        LOG.info("certificate {}: {}", certificate, described(files.served));
        return files;
    }

    @Override
    public Served forName(@Nullable String serverName) {
        return served;
    }

    /** Looks at the files now, and takes them if they changed and can be used. */
    synchronized void look() {
        Stamp now = stamp();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            served = load();
            LOG.info("certificate {} changed: {}", certificate, described(served));
        } catch (UnusableCertificateException broken) {
            LOG.warn("the changed certificate is not used, the one before is kept: {}", broken.getMessage());
        }
    }

    private Served load() throws UnusableCertificateException {
        try {
            return KeyPairs.served(PemFiles.key(key), List.copyOf(PemFiles.chain(certificate)));
        } catch (UnusableCertificateException unusable) {
            String message = String.valueOf(unusable.getMessage());
            boolean named = message.startsWith(certificate + ":") || message.startsWith(key + ":");
            throw named
                    ? unusable
                    : new UnusableCertificateException(certificate + ", " + key + ": " + message, unusable);
        }
    }

    private Stamp stamp() {
        return new Stamp(changed(certificate), bytes(certificate), changed(key), bytes(key));
    }

    private static @Nullable FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException missing) {
            return null;
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException missing) {
            return -1;
        }
    }

    private static String described(Served served) {
        return "for " + served.leaf().getSubjectX500Principal() + ", until "
                + served.leaf().getNotAfter().toInstant();
    }

    private void watch(Duration interval) {
        try {
            while (true) {
                Thread.sleep(interval);
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
