package dev.porthole.core.declared;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.ServerAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a declaration strictly, and says all that is wrong in it at once. One thread. */
final class DeclarationReader {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern PROJECT = Pattern.compile("prj_[A-Za-z0-9_-]{1,64}");

    private final Path file;
    private final YamlProblems problems;
    private final Map<Endpoint, Taken> endpoints = new LinkedHashMap<>();
    private final Map<String, Taken> names = new LinkedHashMap<>();

    private DeclarationReader(Path file) {
        this.file = file;
        this.problems = new YamlProblems(file);
    }

    /** Who has an endpoint or a name already. */
    private record Taken(String key, int line) {
        String text() {
            return key + ", line " + line;
        }
    }

    static Declaration read(Path file, String text) throws DeclarationException {
        return new DeclarationReader(file).read(text);
    }

    private Declaration read(String text) throws DeclarationException {
        Node root = YamlText.compose(text, problems);
        ServerAddress server = null;
        String project = null;
        List<DeclaredTunnel> tunnels = List.of();
        if (root != null) {
            YamlFields fields = YamlFields.of("", root, problems);
            server = fields.text("server", ServerAddress::parse);
            project = fields.text("project", DeclarationReader::project);
            tunnels = tunnels(fields);
            fields.done();
        }
        problems.throwIfAny();
        return new Declaration(file, server, project, tunnels);
    }

    private List<DeclaredTunnel> tunnels(YamlFields fields) {
        Node node = fields.take("tunnels");
        if (node == null) {
            fields.missing("tunnels", "the tunnels, each below a key of its own");
            return List.of();
        }
        YamlFields all = YamlFields.of("tunnels", node, problems);
        List<DeclaredTunnel> tunnels = new ArrayList<>();
        List<String> keys = all.keys();
        if (keys.isEmpty() && all.isMapping()) {
            problems.add(node, "tunnels", "none (expected: at least one, below a key of its own)");
        }
        for (String key : keys) {
            if (!KEY.matcher(key).matches()) {
                problems.add(
                        all.keyNode(key),
                        "tunnels",
                        YamlText.shown(key) + " (expected: a key of 1-63 letters, digits, _, . and -)");
            }
            Node one = all.take(key);
            DeclaredTunnel tunnel = one == null ? null : tunnel(key, one);
            if (tunnel != null) {
                tunnels.add(tunnel);
            }
        }
        all.done();
        return tunnels;
    }

    private @Nullable DeclaredTunnel tunnel(String key, Node node) {
        DeclaredTunnelReader reader = new DeclaredTunnelReader(file, key, node, problems);
        DeclaredTunnel tunnel = reader.read();
        if (tunnel == null) {
            return null;
        }
        claim(
                endpoints,
                tunnel.endpoint(),
                key,
                reader.endpointNode(),
                "endpoint",
                tunnel.endpoint().toString());
        String name = tunnel.name();
        if (name != null) {
            claim(names, name, key, reader.nameNode(), "name", name);
        }
        return tunnel;
    }

    private <K> void claim(Map<K, Taken> taken, K what, String key, @Nullable Node at, String field, String shown) {
        Taken before = taken.putIfAbsent(what, new Taken(key, YamlProblems.line(at)));
        if (before != null) {
            problems.add(
                    at,
                    "tunnels." + key,
                    field + ": " + shown + " (expected: another one than that of " + before.text() + ")");
        }
    }

    private static String project(String text) {
        if (!PROJECT.matcher(text).matches()) {
            throw new IllegalArgumentException("project: " + YamlText.shown(text)
                    + " (expected: an id such as prj_..., as porthole projects list shows it)");
        }
        return text;
    }
}
