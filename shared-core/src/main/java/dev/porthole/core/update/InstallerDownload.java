package dev.porthole.core.update;

import dev.porthole.core.api.ByteQueue;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.config.PrivateFiles;
import dev.porthole.core.update.UpdateException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Flow.Publisher;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * Fetches an installer into a folder that only its user reads. The file has its name there once it is whole and is what
 * the feed said; before that it is called otherwise, and nobody opens it. Blocking; an interrupt ends it.
 */
public final class InstallerDownload {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** A slow line is no reason to give up, one on which nothing comes any more is. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final int REDIRECTS = 5;
    private static final List<Integer> ELSEWHERE = List.of(301, 302, 303, 307, 308);
    private static final int CHUNK = 64 * 1024;

    private final Path folder;
    private final Duration silence;

    /** @param folder belongs to installers alone: older ones in it are removed */
    public InstallerDownload(Path folder) {
        this(folder, SILENCE);
    }

    InstallerDownload(Path folder, Duration silence) {
        this.folder = folder;
        this.silence = silence;
    }

    /**
     * Fetches it, unless it is there already.
     *
     * @param progress told how much is there, from 0 to 1, on the calling thread
     * @return the file
     */
    public Path fetch(Installer installer, DoubleConsumer progress) throws UpdateException, InterruptedException {
        Path file = folder.resolve(installer.sha256() + "-" + suffixOf(installer.platform()));
        try {
            PrivateFiles.createFolder(folder);
            if (Files.exists(file) && installer.sha256().equals(hashOf(file))) {
                return file;
            }
            Path part = Files.createTempFile(folder, "fetching", null);
            try {
                String hash = copy(installer, part, progress);
                if (!hash.equals(installer.sha256())) {
                    throw UpdateException.untrusted(
                            installer.url() + " is another file than the list of releases says: SHA-256 " + hash
                                    + " (expected: " + installer.sha256() + ")");
                }
                removeOthers(part);
                return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw new UpdateException(Kind.UNREACHABLE, installer.url() + ": " + failed.getMessage(), failed);
        }
    }

    private String copy(Installer installer, Path part, DoubleConsumer progress)
            throws IOException, UpdateException, InterruptedException {
        MessageDigest digest = sha256();
        try (ByteQueue body = open(installer.url());
                WritableByteChannel out = Files.newByteChannel(part, StandardOpenOption.WRITE)) {
            long copied = 0;
            for (List<ByteBuffer> next = body.next(silence); next != null; next = body.next(silence)) {
                for (ByteBuffer bytes : next) {
                    copied += bytes.remaining();
                    // Never more than was promised: the disk is someone's.
                    if (copied > installer.bytes()) {
                        throw UpdateException.untrusted(installer.url() + " is longer than " + installer.bytes());
                    }
                    digest.update(bytes.duplicate());
                    while (bytes.hasRemaining()) {
                        int _ = out.write(bytes);
                    }
                }
                progress.accept((double) copied / installer.bytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Follows the few redirects that places for large files give; what comes is known by its hash. */
    private static ByteQueue open(URI first) throws IOException, UpdateException, InterruptedException {
        URI address = first;
        for (int hops = 0; hops <= REDIRECTS; hops++) {
            HttpResponse<Publisher<List<ByteBuffer>>> answer = HttpExchange.send(
                    HttpRequest.newBuilder(address).timeout(LIMIT).build(), BodyHandlers.ofPublisher());
            ByteQueue body = new ByteQueue();
            answer.body().subscribe(body);
            if (answer.statusCode() == 200) {
                return body;
            }
            body.close();
            String there = answer.headers().firstValue("location").orElse("");
            if (!ELSEWHERE.contains(answer.statusCode()) || there.isEmpty()) {
                throw new UpdateException(
                        Kind.UNREACHABLE, address + " answered " + answer.statusCode() + " (expected: 200)", null);
            }
            URI next = address.resolve(there);
            if ("https".equals(address.getScheme()) && !"https".equals(next.getScheme())) {
                throw UpdateException.untrusted(address + " leads to " + next + " (expected: https)");
            }
            address = next;
        }
        throw new UpdateException(Kind.UNREACHABLE, first + " leads on and on", null);
    }

    private void removeOthers(Path except) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path other : all.filter(file -> !file.equals(except)).toList()) {
                Files.deleteIfExists(other);
            }
        }
    }

    private static String hashOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String suffixOf(String platform) {
        return "porthole" + platform.substring(platform.lastIndexOf('.'));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
