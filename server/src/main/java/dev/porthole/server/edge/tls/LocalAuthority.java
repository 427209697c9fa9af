package dev.porthole.server.edge.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate authority of the server's own, for trying out: whoever adds its certificate ({@code local-ca.pem} in
 * the data folder) to what they trust sees valid certificates. The authority lasts; what it signs is made anew at each
 * start and renewed in time.
 *
 * <p>Certificates for {@code *.localhost} are no use: clients want two labels behind the star. Below a domain of one
 * label each name gets a certificate of its own when it is asked for.
 */
public final class LocalAuthority implements Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAuthority.class);

    /** The authority's certificate in the data folder, for people to add to what they trust. */
    public static final String CERTIFICATE_FILE = "local-ca.pem";

    private static final String KEY_FILE = "local-ca.key";
    private static final Duration LEAF_VALID = Duration.ofDays(90);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    /** Names of their own that are kept ready; an asker beyond that pushes out who asked longest ago. */
    private static final int MOST_NAMES = 256;

    private record Leaf(Served served, Instant renewal) {}

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Set<String> names;
    private final String tunnelDomain;
    private final Clock clock;
    private final KeyPair leafKey;
    private final Map<String, Leaf> leaves = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Leaf> eldest) {
            return size() > MOST_NAMES;
        }
    };

    private LocalAuthority(
            X509Certificate certificate, PrivateKey key, Set<String> names, String tunnelDomain, Clock clock)
            throws UnusableCertificateException {
        this.certificate = certificate;
        this.key = key;
        this.names = names;
        this.tunnelDomain = tunnelDomain;
        this.clock = clock;
        this.leafKey = Issuing.newKey();
        forName(null);
    }

    /**
     * Reads the folder's authority, or makes one.
     *
     * @param names the server's own names and addresses
     * @param tunnelDomain tunnels are one label below it
     * @throws UnusableCertificateException if what is there can't be used, or nothing can be written
     */
    public static LocalAuthority in(Path folder, Set<String> names, String tunnelDomain, Clock clock)
            throws UnusableCertificateException {
        Path certificateFile = folder.resolve(CERTIFICATE_FILE);
        Path keyFile = folder.resolve(KEY_FILE);
        if (!Files.exists(keyFile)) {
            create(certificateFile, keyFile, clock);
        }
        X509Certificate certificate = PemFiles.chain(certificateFile).getFirst();
        PrivateKey key = PemFiles.key(keyFile);
        LOG.info("TLS with a certificate authority of its own: clients have to trust {}", certificateFile);
        return new LocalAuthority(certificate, key, names, tunnelDomain, clock);
    }

    private static void create(Path certificateFile, Path keyFile, Clock clock) throws UnusableCertificateException {
        KeyPair pair = Issuing.newKey();
        X509Certificate made = Issuing.authority(pair, clock.instant());
        try {
            // The key last: what is there without it was not finished.
            write(certificateFile, PemFiles.text(made), "rw-r--r--");
            write(keyFile, PemFiles.text(pair.getPrivate()), "rw-------");
        } catch (IOException failed) {
            throw new UnusableCertificateException(
                    certificateFile.getParent() + ": the local authority can't be written: " + failed, failed);
        }
    }

    /** Whole or not at all, and never readable to more people than in the end. */
    private static void write(Path file, String text, String mode) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileAttribute<?>[] attributes =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(fresh, attributes);
        Files.writeString(fresh, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        if (attributes.length > 0) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The authority's certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public Served forName(@Nullable String serverName) {
        String own = serverName == null ? "" : ownNameOf(serverName);
        synchronized (leaves) {
            Leaf leaf = leaves.get(own);
            if (leaf == null || !clock.instant().isBefore(leaf.renewal())) {
                leaf = issue(own.isEmpty() ? allNames() : List.of(own));
                leaves.put(own, leaf);
            }
            return leaf.served();
        }
    }

    /** The name itself if it needs a certificate of its own; empty if the common one is for it. */
    private String ownNameOf(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        boolean below = tunnelDomain.indexOf('.') < 0 && name.endsWith("." + tunnelDomain) && !names.contains(name);
        int label = name.length() - tunnelDomain.length() - 1;
        return below && name.indexOf('.') == label && Issuing.isHostName(name) ? name : "";
    }

    private List<String> allNames() {
        List<String> all = new java.util.ArrayList<>(names);
        if (!names.contains(tunnelDomain)) {
            all.add(tunnelDomain);
        }
        all.add("*." + tunnelDomain);
        return all;
    }

    private Leaf issue(List<String> forNames) {
        Instant now = clock.instant();
        Instant end = now.plus(LEAF_VALID);
        X509Certificate leaf = Issuing.leaf(certificate, key, leafKey.getPublic(), forNames, now, end);
        try {
            return new Leaf(
                    KeyPairs.served(leafKey.getPrivate(), List.of(leaf, certificate)), end.minus(RENEWED_BEFORE_END));
        } catch (UnusableCertificateException impossible) {
            throw new IllegalStateException("what was just signed is refused", impossible);
        }
    }
}
