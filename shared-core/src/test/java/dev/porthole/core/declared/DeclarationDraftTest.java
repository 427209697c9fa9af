package dev.porthole.core.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.porthole.core.discovery.ListeningPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationDraftTest {
    private static ListeningPort port(int port, String process, @Nullable String project, @Nullable String guess) {
        return new ListeningPort(port, 1, process, process, project, guess, null, false);
    }

    private static Declaration read(DeclarationDraft draft) throws DeclarationException {
        String text = draft.text();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(DeclarationFile.schema(), InputFormat.JSON)
                        .validate(text, InputFormat.YAML))
                .isEmpty();
        return DeclarationReader.read(Path.of("porthole.yml"), text);
    }

    @Test
    void whatListensIsDeclaredByTheNamesOfItsProjects() throws DeclarationException {
        DeclarationDraft draft = DeclarationDraft.of(
                Path.of("/srv/code"),
                List.of(
                        port(5173, "node", "@acme/Web Shop's", "Vite"),
                        port(8000, "python3", null, "Django"),
                        port(8001, "python3", null, "Django"),
                        port(5432, "postgres", "data", "PostgreSQL"),
                        port(9999, "", null, null)));
        Declaration declaration = read(draft);
        assertThat(declaration.tunnels())
                .extracting(DeclaredTunnel::key)
                .containsExactly("acme-web-shop-s", "django", "django-8001");
        DeclaredTunnel shop = declaration.tunnels().getFirst();
        assertThat(shop.label()).isEqualTo("@acme/Web Shop's (Vite)");
        assertThat(shop.hostHeader()).hasToString("localhost");
        assertThat(draft.text())
                .contains("  # postgresql:\n  #   endpoint: tcp://localhost:5432\n")
                .contains("  # port-9999:\n  #   endpoint: 9999\n");
    }

    @Test
    void whereThisProjectsProgramsListenOthersAreRemarks(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("package.json"), "{\n  \"name\": \"shop\"\n}");
        Files.createDirectory(folder.resolve("api"));
        DeclarationDraft draft = DeclarationDraft.of(
                folder,
                List.of(
                        port(3000, "node", "elsewhere", "Next.js"),
                        port(5173, "node", "shop", "Vite"),
                        port(8000, "python3", "api", "Django")));
        assertThat(read(draft).tunnels()).extracting(DeclaredTunnel::key).containsExactly("shop", "api");
        assertThat(draft.text()).contains("  # elsewhere:\n  #   endpoint: 3000\n");
    }

    @Test
    void whereNothingListensAnExampleStandsInTheFile() throws DeclarationException {
        DeclarationDraft draft = DeclarationDraft.of(Path.of("/srv/Läden"), List.of());
        assertThat(draft.isEmpty()).isTrue();
        assertThat(read(draft).tunnels()).singleElement().satisfies(tunnel -> {
            assertThat(tunnel.key()).isEqualTo("laden");
            assertThat(tunnel.endpoint()).hasToString("http://localhost:3000");
        });
    }
}
