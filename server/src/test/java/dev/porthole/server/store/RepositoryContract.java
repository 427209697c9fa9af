package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.ProjectEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every repository does, on whatever database: each one's test extends this. */
abstract class RepositoryContract {
    private static final Instant EARLY = Instant.parse("2026-11-01T10:00:00.123Z");
    private static final Instant LATE = Instant.parse("2026-11-02T10:00:00Z");

    @TempDir
    Path folder;

    Store store;

    /** Opens a fresh database, or the one of this test again. */
    abstract Store open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static Account account(String id, @Nullable String email) {
        return new Account(id, "local", "Subject " + id, "Ada", email, email == null ? null : "h", true, true, EARLY);
    }

    private StoredProject project(String user) {
        Organization organization = new Organization("org_" + user, "Home");
        StoredProject project = new StoredProject("prj_" + user, "First", organization, EARLY);
        store.writeOnly(handle -> {
            store.users().insert(handle, account(user, user + "@example.com"));
            store.projects().insertOrganization(handle, organization, user, EARLY);
            store.projects().insertOwner(handle, organization.id(), user, EARLY);
            store.projects().insert(handle, project);
        });
        return project;
    }

    private static StoredTunnel tunnel(StoredProject project, String id, int port) {
        return new StoredTunnel(
                id,
                project.id(),
                "name-" + id,
                "Label Ü",
                Endpoint.parse("http://localhost:" + port),
                HostHeader.visitor(),
                false,
                null,
                List.of(),
                1,
                EARLY,
                null,
                null,
                null,
                Map.of(),
                null,
                false);
    }

    private void insert(StoredTunnel tunnel) {
        store.writeOnly(handle -> store.tunnels().insert(handle, tunnel));
    }

    @Test
    void accountsAreFoundByIdAndByTheirProvidersSubject() { // B-D3
        Account full = account("usr_1", "ada@example.com");
        Account bare = account("usr_2", null);
        store.writeOnly(handle -> {
            store.users().insert(handle, full);
            store.users().insert(handle, bare);
        });
        store.read(handle -> {
            assertThat(store.users().find(handle, "usr_1")).contains(full);
            assertThat(store.users().find(handle, "usr_2")).contains(bare);
            assertThat(store.users().findBySubject(handle, "local", "Subject usr_1"))
                    .contains(full);
            assertThat(store.users().findBySubject(handle, "github", "Subject usr_1"))
                    .isEmpty();
            assertThat(store.users().count(handle)).isEqualTo(2);
            return true;
        });
        assertThatThrownBy(() -> store.writeOnly(handle -> store.users().insert(handle, full)))
                .isNotInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void projectsAreTheirMembersAlone() { // T-C1
        StoredProject ada = project("usr_ada");
        StoredProject bob = project("usr_bob");
        store.read(handle -> {
            assertThat(store.projects().find(handle, ada.id())).contains(ada);
            assertThat(store.projects().findForUser(handle, ada.id(), "usr_ada"))
                    .contains(ada);
            assertThat(store.projects().findForUser(handle, bob.id(), "usr_ada"))
                    .isEmpty();
            assertThat(store.projects().listForUser(handle, "usr_ada", new Slice(null, 10)))
                    .containsExactly(ada);
            assertThat(store.projects().countForUser(handle, "usr_ada")).isEqualTo(1);
            assertThat(store.projects().organizationsOf(handle, "usr_bob")).containsExactly(bob.organization());
            assertThat(store.projects().personalOrganization(handle, "usr_bob")).contains(bob.organization());
            return true;
        });
    }

    @Test
    void tunnelsComeBackAsTheyWereStored() { // B-D2
        StoredProject project = project("usr_ada");
        StoredTunnel bare = tunnel(project, "tun_1", 3000);
        insert(bare);
        insert(tunnel(project, "tun_2", 3001));
        StoredConnector connector = connector(project, "con_1", "dev_1");
        StoredTunnel full = new StoredTunnel(
                "tun_1",
                project.id(),
                bare.name(),
                "other",
                Endpoint.parse("tcp 5432"),
                HostHeader.parse("shop.test"),
                true,
                connector.id(),
                List.of(new Condition(Condition.Type.Ready, Condition.Status.False, "NoSession", "why", LATE)),
                7,
                EARLY,
                LATE,
                EARLY,
                new StoredPort(20_001, true),
                Map.of("branch", "main"),
                null,
                false);
        store.writeOnly(handle -> store.tunnels().update(handle, full));
        store.read(handle -> {
            Tunnels tunnels = store.tunnels();
            assertThat(tunnels.find(handle, "tun_1")).contains(full);
            assertThat(tunnels.findIn(handle, project.id(), "tun_1")).contains(full);
            assertThat(tunnels.findIn(handle, "prj_other", "tun_1")).isEmpty();
            assertThat(tunnels.findByEndpoint(handle, project.id(), full.endpoint()))
                    .contains(full);
            assertThat(tunnels.nameTaken(handle, bare.name())).isTrue();
            assertThat(tunnels.nameTaken(handle, "free")).isFalse();
            assertThat(tunnels.count(handle, project.id())).isEqualTo(2);
            assertThat(tunnels.countAll(handle)).isEqualTo(2);
            assertThat(tunnels.ports(handle)).containsExactly(20_001);
            assertThat(tunnels.countPorts(handle, project.id())).isEqualTo(1);
            assertThat(tunnels.all(handle)).hasSize(2);
            assertThat(tunnels.ofConnector(handle, connector.id())).containsExactly(full);
            return true;
        });
        store.writeOnly(handle -> store.connectors().delete(handle, connector.id()));
        assertThat(store.read(handle -> store.tunnels().find(handle, "tun_1").orElseThrow())
                        .connector())
                .isNull();
        store.writeOnly(handle -> store.tunnels().delete(handle, "tun_1"));
        assertThat(store.<Long>read(handle -> store.tunnels().countAll(handle))).isEqualTo(1);
    }

    @Test
    void listsRunFromOldToNewByCursor() { // T-C3
        StoredProject project = project("usr_ada");
        for (String id : List.of("tun_c", "tun_a", "tun_b")) {
            insert(tunnel(project, id, id.charAt(4)));
        }
        List<String> seen = new ArrayList<>();
        Slice slice = new Slice(null, 1);
        for (int page = 0; page < 3; page++) {
            Slice asked = slice;
            StoredTunnel one = store.read(handle -> store.tunnels().list(handle, project.id(), asked))
                    .getFirst();
            seen.add(one.id());
            slice = new Slice(new Slice.Place(one.createdAt(), one.id()), 1);
        }
        assertThat(seen).containsExactly("tun_a", "tun_b", "tun_c");
        Slice end = slice;
        assertThat(store.<List<StoredTunnel>>read(handle -> store.tunnels().list(handle, project.id(), end)))
                .isEmpty();
    }

    private StoredConnector connector(StoredProject project, String id, @Nullable String device) {
        StoredConnector connector = new StoredConnector(
                id,
                project.id(),
                device == null ? Connector.Kind.external : Connector.Kind.managed,
                "Laptop",
                device,
                null,
                null,
                EARLY);
        store.writeOnly(handle -> store.connectors().insert(handle, connector));
        return connector;
    }

    @Test
    void connectorsKeepTheirLeases() { // B-B12
        StoredProject project = project("usr_ada");
        StoredConnector managed = connector(project, "con_1", "dev_1");
        connector(project, "con_2", null);
        connector(project, "con_3", null);
        InstanceLease lease = new InstanceLease("con_1", "one", "1.0", LATE);
        store.writeOnly(handle -> {
            store.connectors().beat(handle, lease, EARLY);
            store.connectors().beat(handle, new InstanceLease("con_1", "one", "1.1", LATE.plusMillis(1)), LATE);
            store.connectors().rename(handle, "con_2", "Other");
        });
        store.read(handle -> {
            Connectors connectors = store.connectors();
            StoredConnector seen = connectors.find(handle, "con_1").orElseThrow();
            assertThat(seen.lastSeenAt()).isEqualTo(LATE);
            assertThat(seen.agentVersion()).isEqualTo("1.1");
            assertThat(connectors.findByDevice(handle, project.id(), "dev_1")).contains(seen);
            assertThat(connectors.findIn(handle, "prj_other", managed.id())).isEmpty();
            assertThat(connectors.find(handle, "con_2").orElseThrow().name()).isEqualTo("Other");
            assertThat(connectors.count(handle, project.id())).isEqualTo(3);
            assertThat(connectors.list(handle, project.id(), new Slice(null, 2)))
                    .extracting(StoredConnector::id)
                    .containsExactly("con_1", "con_2");
            assertThat(connectors.leases(handle, "con_1"))
                    .containsExactly(new InstanceLease("con_1", "one", "1.1", LATE.plusMillis(1)));
            assertThat(connectors.allLeases(handle)).hasSize(1);
            return true;
        });
        assertThat(store.<Boolean>write(handle -> store.connectors().endLease(handle, "con_1", "one")))
                .isTrue();
        assertThat(store.<Boolean>write(handle -> store.connectors().endLease(handle, "con_1", "one")))
                .isFalse();
    }

    @Test
    void eventsOfAProjectHaveNoGapsAndOldOnesGo() { // B-D12
        StoredProject busy = project("usr_ada");
        StoredProject quiet = project("usr_bob");
        for (int second = 1; second <= 6; second++) {
            append(busy, second);
        }
        append(quiet, 6);
        assertThat(sequences(busy)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        store.writeOnly(handle -> store.outbox().removeOld(handle, Instant.ofEpochSecond(2), 3));
        assertThat(sequences(busy)).containsExactly(4L, 5L, 6L);
        assertThat(sequences(quiet)).containsExactly(1L);
        assertThat(store.<Long>read(handle -> store.outbox().last(handle, busy.id())))
                .isEqualTo(6);
        assertThat(store.<Long>read(handle -> store.outbox().last(handle, "prj_none")))
                .isZero();
        ProjectEvent event = store.read(handle -> store.outbox().after(handle, busy.id(), 5, 10))
                .getFirst();
        assertThat(event.data()).isEqualTo(ApiJson.STRICT.valueToTree(List.of(6)));
        assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(6));
    }

    private void append(StoredProject project, int second) {
        store.writeOnly(handle -> store.outbox()
                .append(
                        handle,
                        project.id(),
                        "tunnel.updated",
                        "tun_1",
                        second % 2 == 0 ? ApiJson.STRICT.valueToTree(List.of(second)) : null,
                        Instant.ofEpochSecond(second)));
    }

    private List<Long> sequences(StoredProject project) {
        return store.read(handle -> store.outbox().after(handle, project.id(), 0, 100)).stream()
                .map(ProjectEvent::sequence)
                .toList();
    }

    @Test
    void answersToCreationsAreKeptForAWhile() { // T-C3
        IdempotencyKeys.Kept kept = new IdempotencyKeys.Kept("print", 201, "{}");
        store.writeOnly(handle -> {
            store.idempotencyKeys().keep(handle, "usr_1", "key", kept, EARLY);
            store.idempotencyKeys().keep(handle, "usr_2", "key", kept, LATE);
            store.idempotencyKeys().forgetBefore(handle, LATE);
        });
        store.read(handle -> {
            assertThat(store.idempotencyKeys().find(handle, "usr_1", "key")).isEmpty();
            assertThat(store.idempotencyKeys().find(handle, "usr_2", "key")).contains(kept);
            return true;
        });
    }

    @Test
    void failedWriteLeavesNothingAndRunsNoHook() { // T-R1
        List<String> hooks = new ArrayList<>();
        assertThatThrownBy(() -> store.writeOnly(handle -> {
                    store.users().insert(handle, account("usr_1", null));
                    handle.afterCommit(() -> hooks.add("ran"));
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(users()).isZero();
        assertThat(hooks).isEmpty();
    }

    private long users() {
        return store.read(handle -> store.users().count(handle));
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() throws Exception { // T-R1
        project("usr_ada");
        store.close();
        store = open();
        assertThat(users()).isEqualTo(1);
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> store.read(handle -> {
                    store.users().insert(handle, account("usr_1", null));
                    return true;
                }))
                .hasMessageMatching("(?s).*read-?only.*");
    }

    @Test
    void readersSeeOneSnapshot() { // T-R1
        store.read(handle -> {
            assertThat(store.users().count(handle)).isZero();
            Thread writer = Thread.startVirtualThread(() -> project("usr_ada"));
            join(writer);
            assertThat(store.users().count(handle)).isZero();
            return true;
        });
        assertThat(users()).isEqualTo(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void parallelWritesSeeEachOtherAndHooksRunInTheOrderOfTheCommits() throws Exception { // T-R1
        List<Long> seen = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String id = "usr_" + i;
                writes.add(threads.submit(() -> store.writeOnly(handle -> {
                    store.users().insert(handle, account(id, null));
                    long count = store.users().count(handle);
                    handle.afterCommit(() -> seen.add(count));
                })));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        }
        assertThat(seen).hasSize(50).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void checkBeforeAnInsertIsExactHoweverManyDoItAtOnce() throws Exception { // B-D2, B-D3
        StoredProject project = project("usr_ada");
        AtomicInteger made = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                StoredTunnel one = tunnel(project, "tun_" + i, 3000);
                writes.add(threads.submit(() -> store.writeOnly(handle -> insertIfFree(handle, one, made))));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        }
        assertThat(made).hasValue(1);
    }

    void insertIfFree(Handle handle, StoredTunnel tunnel, AtomicInteger made) {
        if (store.tunnels()
                .findByEndpoint(handle, tunnel.project(), tunnel.endpoint())
                .isEmpty()) {
            store.tunnels().insert(handle, tunnel);
            made.incrementAndGet();
        }
    }

    @Test
    void auditOutlivesWhatItNames() { // B-D12
        AuditLog.Entry bare =
                new AuditLog.Entry("aud_1", null, "server", null, "server.start", "server", null, null, null, EARLY);
        AuditLog.Entry full = new AuditLog.Entry(
                "aud_2", "prj_gone", "usr_1", "Ada", "tunnel.create", "tun_1", "::1", "fam_1", "a line", LATE);
        store.writeOnly(handle -> {
            store.audit().append(handle, bare);
            store.audit().append(handle, full);
        });
        assertThat(store.<List<AuditLog.Entry>>read(handle -> store.audit().newest(handle, "prj_gone", 10)))
                .containsExactly(full);
    }
}
