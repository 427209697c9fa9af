package dev.porthole.core.declared;

import dev.porthole.core.Shareable;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Endpoint.Scheme;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one tunnel of a declaration. One thread. */
final class DeclaredTunnelReader {
    /** RFC 1035, section 2.3.1, with a digit allowed in front (RFC 1123, section 2.1). */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final int LONGEST_LABEL = 100;

    private final Path folder;
    private final String key;
    private final String where;
    private final YamlProblems problems;
    private final YamlFields fields;
    private final @Nullable Node endpointNode;
    private final @Nullable Node nameNode;

    DeclaredTunnelReader(Path file, String key, Node node, YamlProblems problems) {
        this.folder = file.toAbsolutePath().resolveSibling("").normalize();
        this.key = key;
        this.where = "tunnels." + key;
        this.problems = problems;
        this.fields = YamlFields.of(where, node, problems);
        this.endpointNode = fields.take("endpoint");
        this.nameNode = fields.take("name");
    }

    @Nullable
    Node endpointNode() {
        return endpointNode;
    }

    @Nullable
    Node nameNode() {
        return nameNode;
    }

    /** The tunnel; null without an endpoint that can be, which is said. */
    @Nullable
    DeclaredTunnel read() {
        Endpoint endpoint = fields.textOrNumber("endpoint", this::endpoint);
        if (endpointNode == null) {
            fields.missing("endpoint", "what is shared, such as 3000, https://10.0.0.5:8443 or ./site");
        }
        String name = fields.text("name", DeclaredTunnelReader::name);
        String label = fields.text("label", DeclaredTunnelReader::label);
        HostHeader hostHeader = fields.text("host-header", HostHeader::parse);
        Node addressNode = fields.take("address");
        TunnelAddress address = fields.text("address", DeclaredTunnelReader::address);
        Boolean visible = fields.truth("visible-in-network");
        Expiry expires = fields.text("expires", Expiry::parse);
        Node certificateNode = fields.take("certificate");
        EndpointCertificate certificate = fields.text("certificate", EndpointCertificate::parse);
        Node timeoutNode = fields.take("timeout");
        EndpointTimeout timeout = fields.text("timeout", EndpointTimeout::parse);
        Node gitHubNode = fields.take("github-app");
        DeclaredGitHubApp gitHubApp = gitHubNode == null ? null : gitHubApp(gitHubNode);
        fields.done();
        if (endpoint == null) {
            return null;
        }
        if (endpoint.scheme() != Scheme.HTTPS) {
            refuse(certificateNode, "certificate", endpoint, "an https:// endpoint");
        }
        if (endpoint.scheme() == Scheme.TCP || endpoint.isFolder()) {
            refuse(timeoutNode, "timeout", endpoint, "an app that answers requests");
        }
        if (endpoint.scheme() == Scheme.TCP) {
            refuse(gitHubNode, "github-app", endpoint, "an endpoint that speaks HTTP");
            if (address == TunnelAddress.name) {
                refuse(addressNode, "address: name", endpoint, "port, which a TCP tunnel always has");
            }
        }
        return new DeclaredTunnel(
                key, endpoint, name, label, hostHeader, address, visible, expires, certificate, timeout, gitHubApp);
    }

    private void refuse(@Nullable Node given, String field, Endpoint endpoint, String expected) {
        if (given != null) {
            problems.add(given, where, field + ": given for " + endpoint + " (expected: " + expected + ")");
        }
    }

    /** An address, or a folder below the file's own: a file that came with someone's code shares that code alone. */
    private Endpoint endpoint(String text) {
        if (!looksLikeFolder(text)) {
            try {
                return Endpoint.parse(text);
            } catch (InvalidEndpointException noAddress) {
                if (!folder.resolve(text).toFile().isDirectory()) {
                    throw noAddress;
                }
            }
        }
        boolean address = text.startsWith("file:");
        Endpoint shared =
                Shareable.folder(address ? Path.of(Endpoint.parse(text).uri()) : folder.resolve(text));
        try {
            if (!Path.of(shared.uri()).startsWith(folder.toRealPath())) {
                throw new InvalidEndpointException("endpoint: " + text + " (expected: a folder below " + folder
                        + "; porthole share shares any other)");
            }
        } catch (IOException gone) {
            throw new IllegalArgumentException("endpoint: " + text + " (expected: a folder that can be read)", gone);
        }
        return shared;
    }

    private static boolean looksLikeFolder(String text) {
        return text.equals(".") || text.equals("..") || text.matches("\\.{0,2}[/\\\\].*") || text.startsWith("file:");
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("name: " + YamlText.shown(text)
                    + " (expected: 1-63 of a-z, 0-9 and -, with a letter or a digit at both ends)");
        }
        return text;
    }

    private static String label(String text) {
        String label = text.strip();
        boolean line = label.chars().noneMatch(Character::isISOControl);
        if (label.isEmpty() || label.length() > LONGEST_LABEL || !line) {
            throw new IllegalArgumentException(
                    "label: " + YamlText.shown(text) + " (expected: one line of 1-" + LONGEST_LABEL + " characters)");
        }
        return label;
    }

    private static TunnelAddress address(String text) {
        return switch (text) {
            case "name" -> TunnelAddress.name;
            case "port" -> TunnelAddress.port;
            default ->
                throw new IllegalArgumentException("address: " + YamlText.shown(text) + " (expected: name or port)");
        };
    }

    private @Nullable DeclaredGitHubApp gitHubApp(Node node) {
        String inside = where + ".github-app";
        YamlFields app = YamlFields.of(inside, node, problems);
        String id = app.textOrNumber("app-id", DeclaredGitHubApp::appId);
        String path = app.text("path", DeclaredGitHubApp::path);
        Path privateKey = app.text("private-key-file", folder::resolve);
        Path secret = app.text("secret-file", folder::resolve);
        if (app.take("app-id") == null) {
            app.missing("app-id", "the client id or the number that the app's settings page shows");
        }
        app.done();
        return id == null ? null : new DeclaredGitHubApp(id, privateKey, path == null ? "/" : path, secret);
    }
}
