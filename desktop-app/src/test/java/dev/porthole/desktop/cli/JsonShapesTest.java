package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.porthole.core.SignIn;
import dev.porthole.core.traffic.PassedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What commands print with {@code --output json}, against the schema that is published for it. */
class JsonShapesTest {
    private static final JsonNode PUBLISHED = schema();

    @TempDir
    private Path folder;

    private static JsonNode schema() {
        try (InputStream in = JsonShapesTest.class.getResourceAsStream("output.schema.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Sample> all() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void documentIsAsItsSchemaSays(Sample sample) {
        CommandRun run = new CommandRun(Samples.porthole(folder));
        assertThat(run.run(sample.asJson())).isZero();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(problems(sample.schema(), run.out())).isEmpty();
        // Whatever is printed is described: a field that the schema does not know is a field that nobody may rely on.
        assertThat(undescribed(PUBLISHED.get("$defs").get(sample.schema()), run.json()))
                .isEmpty();
    }

    @Test
    void nobodysStatusIsAsItsSchemaSays() {
        FakePorthole porthole = new FakePorthole(folder);
        porthole.signIn.set(new SignIn.SignedOut());
        CommandRun run = new CommandRun(porthole);
        assertThat(run.run("auth", "status", "-o", "json")).isEqualTo(3);
        assertThat(problems("auth-status", run.out())).isEmpty();
    }

    @Test
    void eachEventOfAShareIsAsItsSchemaSays() throws Exception {
        CommandRun run = new CommandRun(new FakePorthole(folder));
        CompletableFuture<Integer> code =
                run.start("tunnel", "listen", "--endpoint", "3000", "-o", "json", "--requests");
        run.awaitOut("{\"event\":\"ready\"");
        run.porthole
                .hearsRequests
                .get(10, TimeUnit.SECONDS)
                .accept(new PassedRequest("tun_1", "00c0ffee00c0ffee", "GET", "/", 200, Duration.ofMillis(12), 0));
        run.awaitOut("{\"event\":\"request\"");
        run.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(run.out().lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(problems("share-event", line)).isEmpty());
    }

    @Test
    void joiningIsAsItsSchemaSays() {
        assertThat(problems(
                        "share-event",
                        Json.of(new ShareEvent.Joined("tun_1", "shop", "http://localhost:3000", "http://a.localhost"))))
                .isEmpty();
    }

    @Test
    void signingInAndOutAreAsTheirSchemasSay() {
        CommandRun in = new CommandRun(new FakePorthole(folder));
        assertThat(in.run("auth", "login", "--server", "a.example.com", "-o", "json"))
                .isZero();
        assertThat(problems("auth-login", in.out())).isEmpty();
        CommandRun out = new CommandRun(new FakePorthole(folder));
        assertThat(out.run("auth", "logout", "-o", "json")).isZero();
        assertThat(problems("auth-logout", out.out())).isEmpty();
    }

    @Test
    void schemaRefusesWhatLacksAField() {
        assertThat(problems("config", "{\"key\": \"theme\"}")).isNotEmpty();
        assertThat(problems("tunnel-disable", "{\"disabled\": 7}")).isNotEmpty();
    }

    static Set<String> problems(String definition, String document) {
        ObjectNode schema = (ObjectNode) PUBLISHED.deepCopy();
        schema.put("$ref", "#/$defs/" + definition);
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        return compiled.validate(document, InputFormat.JSON).stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    /** The fields of a document's top that its definition does not name. */
    private static Set<String> undescribed(JsonNode definition, JsonNode document) {
        Set<String> known = Set.copyOf(definition.get("properties").propertyNames());
        return document.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .collect(Collectors.toSet());
    }
}
