package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.identity.Principal.ConnectorPrincipal;
import dev.porthole.server.relay.SessionGrant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorCredentialsTest {
    private static final int AT_ONCE = 8;

    private TestServer server;
    private ConnectorCredentials credentials;
    private String project;
    private String connector;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        credentials = server.identity.connectorCredentials();
        project = server.project();
        connector = server.connector(project);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String rotate() {
        return server.store.write(handle -> credentials.rotate(handle, connector, server.userId()));
    }

    private ConnectorPrincipal principal(String secret) {
        return (ConnectorPrincipal) server.authenticate(secret).orElseThrow();
    }

    private Optional<ConnectorCredentials.Known> known() {
        return server.store.read(handle -> credentials.known(handle, connector));
    }

    @Test // B-C6, T-I3
    void aCredentialIsThirtyTwoRandomBytesOfWhichTheStoreHasAHashAndAPrefix() {
        String secret = rotate();

        assertThat(secret).matches("phc_[A-Za-z0-9_-]{43}").isNotEqualTo(rotate());
        assertThat(server.stores(secret)).isFalse();
        assertThat(server.stores(OpaqueToken.hash(secret))).isTrue();
        String now = rotate();
        assertThat(known()).contains(new ConnectorCredentials.Known(now.substring(0, 8), null));
    }

    @Test // B-C4, B-C6
    void everyBadCredentialIsNobodyAlike() {
        String old = rotate();
        String secret = rotate();
        assertThat(principal(secret)).satisfies(who -> {
            assertThat(who.connectorId()).isEqualTo(connector);
            assertThat(who.projectId()).isEqualTo(project);
            assertThat(who.credential()).startsWith("crd_");
        });
        assertThat(server.identity.authenticator().authenticate(null, secret)).contains(principal(secret));
        for (String bad : List.of(old, secret + "x", "phc_", "phc_" + "A".repeat(43), "phk_" + secret.substring(4))) {
            assertThat(server.authenticate(bad)).as(bad).isEmpty();
            assertThat(server.identity.authenticator().authenticate(null, bad)).isEmpty();
        }
    }

    @Test // B-C6
    void theLastUseIsKeptToTheMinute() {
        String secret = rotate();
        server.authenticate(secret);
        long first = server.clock.millis();
        server.clock.move(ConnectorCredentials.SPARINGLY.minusMillis(1));
        server.authenticate(secret);
        assertThat(lastUse()).isEqualTo(first);
        server.clock.move(Duration.ofMillis(1));
        server.authenticate(secret);
        assertThat(lastUse()).isEqualTo(server.clock.millis());
    }

    private long lastUse() {
        return known().map(ConnectorCredentials.Known::lastUsedAt).orElseThrow().toEpochMilli();
    }

    @Test // B-C3, T-I8
    void rotatingEndsTheOldOneWithItsConnectTokensAtOnce() throws Exception {
        String old = rotate();
        ConnectorPrincipal parent = principal(old);
        ConnectTokens tokens = server.identity.connectTokens();
        ConnectToken token = tokens.mint(parent, connector, project);
        assertThat(tokens.verify(token.token())).contains(new SessionGrant(connector, project, parent.credential()));

        String fresh = rotate();

        assertThat(server.authenticate(old)).isEmpty();
        assertThat(tokens.verify(token.token())).isEmpty();
        assertThat(server.ended.poll(10, SECONDS)).isEqualTo(parent.credential());
        assertThat(principal(fresh).connectorId()).isEqualTo(connector);
    }

    @Test // B-C3
    void aFailureInBetweenLeavesTheOldOneValid() {
        String old = rotate();
        server.store.writeOnly(handle -> handle.execute("CREATE TRIGGER fault BEFORE INSERT ON connector_credentials"
                + " BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END"));

        assertThatThrownBy(this::rotate).hasMessageContaining("on fire");

        assertThat(server.authenticate(old)).isPresent();
        assertThat(server.ended).isEmpty();
        server.store.writeOnly(handle -> handle.execute("DROP TRIGGER fault"));
        assertThat(server.authenticate(rotate())).isPresent();
        assertThat(server.authenticate(old)).isEmpty();
    }

    @Test // B-C3
    void ofParallelRotatesOneCredentialIsLeft() throws Exception {
        for (int round = 0; round < 10; round++) {
            List<String> secrets = atOnce(this::rotate);
            assertThat(secrets).doesNotHaveDuplicates();
            assertThat(secrets.stream()
                            .filter(secret -> server.authenticate(secret).isPresent()))
                    .hasSize(1);
        }
    }

    private static <T> List<T> atOnce(Callable<T> deed) throws Exception {
        CountDownLatch all = new CountDownLatch(AT_ONCE);
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                running.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return deed.call();
                }));
            }
            for (Future<T> one : running) {
                results.add(one.get());
            }
        }
        return results;
    }

    @Test // B-C4
    void aCredentialIsOneConnectorsAlone() {
        String mine = rotate();
        String other = server.connector(project);
        String theirs = server.store.write(handle -> credentials.rotate(handle, other, server.userId()));

        assertThat(principal(mine).connectorId()).isEqualTo(connector);
        assertThat(principal(theirs).connectorId()).isEqualTo(other);
        assertThat(server.authenticate(mine)).as("another connector's rotation").isPresent();
    }

    @Test // T-I8, B-D3
    void aCredentialEndsWithItsMakersAccount() {
        String secret = rotate();
        server.store.writeOnly(handle -> handle.execute("UPDATE users SET active = FALSE"));

        assertThat(server.authenticate(secret)).isEmpty();
        assertThat(known()).isEmpty();
    }
}
