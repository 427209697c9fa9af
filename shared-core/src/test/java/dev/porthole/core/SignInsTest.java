package dev.porthole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.Options;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.config.PortholeHome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several sign-ins of one computer, one of which is active. */
class SignInsTest {
    @TempDir
    Path folder;

    private TestServer one;
    private TestServer other;
    private PortholeHome home;
    private final List<Porthole> opened = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        one = new TestServer();
        other = new TestServer();
        home = PortholeHome.in(folder.resolve("home"));
        Files.createDirectories(home.data());
        // So that no test asks this computer's keychain.
        Files.writeString(home.data().resolve("secrets.json"), "{}");
    }

    @AfterEach
    void stop() throws Exception {
        for (Porthole porthole : opened) {
            porthole.close();
        }
        one.close();
        other.close();
    }

    private Porthole open() throws PortholeException {
        Porthole porthole = Porthole.open(home, Options.of("0.1.0"));
        opened.add(porthole);
        return porthole;
    }

    /** Asks for nothing on its own, so that the server's calls are what the test called for. */
    private Porthole openForOneQuestion() throws PortholeException {
        return Porthole.open(home, Options.of("0.1.0").forOneQuestion());
    }

    private Porthole signedInAtBoth() throws PortholeException {
        return signedInAtBoth(open());
    }

    private Porthole signedInAtBoth(Porthole porthole) throws PortholeException {
        SignIn.SignedIn _ = porthole.signInAsOwner(one.uri(), one.control::ownerCode);
        SignIn.SignedIn _ = porthole.signInAsOwner(other.uri(), other.control::ownerCode);
        return porthole;
    }

    private static List<URI> servers(Porthole porthole) throws PortholeException {
        return porthole.signIns().stream().map(KnownSignIn::server).toList();
    }

    private static KnownSignIn at(TestServer server, Porthole porthole) throws PortholeException {
        return porthole.signIns().stream()
                .filter(known -> known.server().equals(server.uri()))
                .findFirst()
                .orElseThrow();
    }

    @Test // B-B2
    void signingInElsewhereKeepsTheOneBeforeAndChangingOverNeedsNoBrowser() throws Exception {
        Porthole porthole = signedInAtBoth();
        assertThat(servers(porthole)).containsExactly(other.uri(), one.uri());

        porthole.switchSignIn(at(one, porthole));
        assertThat(servers(porthole)).containsExactly(one.uri(), other.uri());
        assertThat(porthole.signIn().get())
                .isInstanceOfSatisfying(
                        SignIn.SignedIn.class, now -> assertThat(now.server()).isEqualTo(one.uri()));
        // The server takes its tokens.
        assertThat(porthole.projects()).isNotEmpty();
        assertThat(porthole.config().config().get().server()).contains(one.uri().toString());
    }

    @Test // B-B2
    void otherProcessesFollow() throws Exception {
        Porthole porthole = signedInAtBoth();
        Porthole second = open();
        CountDownLatch followed = new CountDownLatch(1);
        second.signIn().subscribe(now -> {
            if (now instanceof SignIn.SignedIn in && in.server().equals(one.uri())) {
                followed.countDown();
            }
        });
        porthole.switchSignIn(at(one, porthole));
        assertThat(followed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.projects()).isNotEmpty();
    }

    @Test // B-B2
    void signingOutTouchesTheActiveOneAlone() throws Exception {
        Porthole porthole = signedInAtBoth();
        porthole.signOut();
        assertThat(servers(porthole)).containsExactly(one.uri());
        assertThat(porthole.signIns().getFirst().active()).isFalse();

        porthole.switchSignIn(at(one, porthole));
        assertThat(porthole.projects()).isNotEmpty();
    }

    @Test // B-B2
    void whatTheOneBeforeCarriedIsTurnedOff() throws Exception {
        Porthole porthole = signedInAtBoth();
        try (ServerSocket app = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            TunnelState shared =
                    porthole.share(ShareRequest.of(Endpoint.parse(String.valueOf(app.getLocalPort()))), _ -> {});
            porthole.switchSignIn(at(one, porthole));
            assertThat(other.tunnel(shared.tunnel().id()).enabled()).isFalse();
        }
    }

    @Test
    void someoneWhoSignedOutIsNotChangedOverTo() throws Exception {
        Porthole porthole = signedInAtBoth();
        KnownSignIn gone = at(other, porthole);
        porthole.signOut();
        assertThatThrownBy(() -> porthole.switchSignIn(gone))
                .isInstanceOfSatisfying(
                        PortholeException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void tokensOfAReleaseThatKeptOneSignInAreTakenOver() throws Exception {
        Porthole before = open();
        SignIn.SignedIn _ = before.signInAsOwner(one.uri(), one.control::ownerCode);
        before.close();
        // As that release wrote it: one name for the tokens, and no list.
        Path secrets = home.data().resolve("secrets.json");
        Files.writeString(secrets, Files.readString(secrets).replaceFirst("\"tokens [^\"]*\"", "\"tokens\""));
        Files.delete(home.data().resolve("accounts.json"));

        Porthole after = open();
        assertThat(servers(after)).containsExactly(one.uri());
        assertThat(after.projects()).isNotEmpty();
        SignIn.SignedIn _ = after.signInAsOwner(other.uri(), other.control::ownerCode);
        after.switchSignIn(at(one, after));
        assertThat(after.projects()).isNotEmpty();
    }

    @Test
    void oneQuestionOpensNoEventsAndAsksForTheProjectsOnce() throws Exception {
        try (Porthole before = openForOneQuestion()) {
            signedInAtBoth(before);
        }
        other.control.calls.clear();
        try (Porthole brief = openForOneQuestion()) {
            String project = brief.confirmProject().orElseThrow().id();
            assertThat(brief.listTunnels()).isEmpty();
            assertThat(other.control.calls)
                    .filteredOn(call -> call.startsWith("GET "))
                    .hasSize(2)
                    .anySatisfy(call -> assertThat(call).endsWith("/projects"))
                    .anySatisfy(call -> assertThat(call).endsWith(project + "/tunnels"));
        }
    }

    @Test
    void oneQuestionMakesChangesToo() throws Exception {
        try (Porthole before = openForOneQuestion()) {
            signedInAtBoth(before);
        }
        other.control.calls.clear();
        try (Porthole brief = openForOneQuestion()) {
            brief.confirmProject();
            MadeTunnel made = brief.create(ShareRequest.of(Endpoint.parse("3000")), null);
            String id = made.state().tunnel().id();
            brief.stop(id);
            brief.delete(id);
            assertThat(other.control.calls)
                    .anyMatch(call -> call.startsWith("DELETE ") && call.endsWith(id))
                    .noneMatch(call -> call.endsWith("/events"));
        }
    }

    @Test
    void gettingReadyAsksNobodyAndLeavesNothing() throws Exception {
        PortholeHome untouched = PortholeHome.in(folder.resolve("untouched"));
        Porthole.prepare(untouched, one.uri().toString());
        Porthole.prepare(untouched, "not: a server");
        Porthole.prepare(untouched, null);
        assertThat(one.control.calls).isEmpty();
        assertThat(untouched.data()).doesNotExist();
    }
}
