package dev.porthole.core.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Endpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclarationEditTest {
    private static DeclaredTunnel tunnel(String key, int port, String label) {
        return new DeclaredTunnel(
                key, Endpoint.parse(String.valueOf(port)), null, label, null, null, null, null, null, null, null);
    }

    private static DeclarationEdit edit(List<DeclaredTunnel> before, DeclaredTunnel... now) {
        Map<String, DeclaredTunnel> byKey = new LinkedHashMap<>();
        before.forEach(tunnel -> byKey.put(tunnel.key(), tunnel));
        return DeclarationEdit.between(byKey, new Declaration(Path.of("porthole.yml"), null, null, List.of(now)));
    }

    @Test // B-B11
    void changedEndpointKeepsTheTunnelOfItsKey() {
        DeclaredTunnel before = tunnel("web", 3000, "shop");
        DeclarationEdit edit = edit(List.of(before), tunnel("web", 3001, "shop"));
        assertThat(edit.kept()).singleElement().satisfies(kept -> {
            assertThat(kept.before()).isEqualTo(before);
            assertThat(kept.isSame()).isFalse();
        });
        assertThat(edit.added()).isEmpty();
        assertThat(edit.removed()).isEmpty();
    }

    @Test
    void anotherKeyForTheSameEndpointIsTheSameTunnel() {
        DeclarationEdit edit = edit(List.of(tunnel("web", 3000, "shop")), tunnel("shop", 3000, "shop"));
        assertThat(edit.kept()).singleElement().satisfies(kept -> {
            assertThat(kept.keyBefore()).isEqualTo("web");
            assertThat(kept.isSame()).isTrue();
        });
        assertThat(edit.removed()).isEmpty();
    }

    @Test
    void endpointsThatChangePlacesKeepTheirTunnels() {
        DeclarationEdit edit = edit(
                List.of(tunnel("a", 3000, "a"), tunnel("b", 4000, "b")),
                tunnel("a", 4000, "a"),
                tunnel("b", 3000, "b"));
        assertThat(edit.kept())
                .extracting(
                        DeclarationEdit.Kept::keyBefore, kept -> kept.wanted().key())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", "a"), org.assertj.core.groups.Tuple.tuple("a", "b"));
    }

    @Test
    void restIsAddedAndRemoved() {
        DeclarationEdit edit = edit(
                List.of(tunnel("a", 3000, "a"), tunnel("b", 4000, "b")),
                tunnel("a", 3000, "a"),
                tunnel("c", 5000, "c"));
        assertThat(edit.kept())
                .singleElement()
                .satisfies(kept -> assertThat(kept.isSame()).isTrue());
        assertThat(edit.added()).extracting(DeclaredTunnel::key).containsExactly("c");
        assertThat(edit.removed()).containsExactly("b");
    }
}
