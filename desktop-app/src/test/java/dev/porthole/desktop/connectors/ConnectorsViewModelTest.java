package dev.porthole.desktop.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.FakeConnectors;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import dev.porthole.desktop.connectors.ConnectorsViewModel.Filling;
import dev.porthole.desktop.ui.Moments;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorsViewModelTest {
    private final FakeOutside outside = new FakeOutside();
    private final List<Runnable> interrupted = new ArrayList<>();
    private final Moments moments = new Moments(InstantSource.fixed(FakePorthole.NOW), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private ConnectorsViewModel model;

    @BeforeEach
    void signedIn() {
        porthole = new FakePorthole(folder).signedIn();
        model = new ConnectorsViewModel(porthole, new ManualTasks().tasks(), outside, moments, interrupted::add);
    }

    @AfterEach
    void close() {
        porthole.close();
    }

    private ConnectorItem item(String name) {
        return model.shown().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rowSaysSinceWhenInWhichVersionFromWhereAndWhatItCarries() {
        TunnelState docs = porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        porthole.connectors.thisDevice(docs.tunnel().id());
        porthole.connectors.other(Connector.Kind.external, "build-server", false);

        try (Subscription _ = model.follow()) {
            ConnectorItem here = item("ada-laptop");
            assertThat(here.kind()).isEqualTo("this device");
            assertThat(here.details(moments))
                    .isEqualTo("Online since 8:00\u202fAM · Porthole 0.1.0 · from 203.0.113.7");
            assertThat(here.carries()).isEqualTo("Tunnel: docs");
            ConnectorItem headless = item("build-server");
            assertThat(headless.details(moments))
                    .isEqualTo("Offline, last seen Nov 19, 2026, 10:00\u202fAM · Porthole 0.1.0");
            assertThat(headless.carries()).isEqualTo("Carries no tunnel now");
        }
    }

    // B-C8
    @Test
    void onlyExternalOnesHaveConnectionInfo() {
        porthole.connectors.thisDevice();
        porthole.connectors.other(Connector.Kind.managed, "graces-desktop", true);
        porthole.connectors.other(Connector.Kind.external, "build-server", true);

        try (Subscription _ = model.follow()) {
            assertThat(model.shown().stream().filter(ConnectorItem::external).map(ConnectorItem::name))
                    .containsExactly("build-server");
        }
    }

    // B-C8
    @Test
    void showingKeepsTheCredentialAndRotatingRevealsANewOne() {
        porthole.connectors.other(Connector.Kind.external, "build-server", true);
        try (Subscription _ = model.follow()) {
            model.showConnection(item("build-server"));
            assertThat(model.connectionProperty().get().orElseThrow().credential())
                    .isEmpty();
            model.closeConnection();

            model.rotate(item("build-server"));
            assertThat(model.connectionProperty().get().orElseThrow().credential())
                    .isEqualTo(FakeConnectors.CREDENTIAL);
            model.closeConnection();
            assertThat(model.connectionProperty().get())
                    .as("the secret is forgotten")
                    .isEmpty();
        }
    }

    // B-C8
    @Test
    void failureIsAChipThatGoesAwayOnRetry() {
        porthole.connectors.other(Connector.Kind.external, "build-server", true);
        try (Subscription _ = model.follow()) {
            porthole.failure = new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer.");
            model.rotate(item("build-server"));
            assertThat(item("build-server").problemProperty().get()).isEqualTo("tunnels.acme.dev does not answer.");
            assertThat(model.connectionProperty().get()).isEmpty();

            porthole.failure = null;
            model.rotate(item("build-server"));
            assertThat(item("build-server").problemProperty().get()).isEmpty();
        }
    }

    // B-A11
    @Test
    void endedSignInIsRenewedAndTheRotationRunsByItself() {
        porthole.connectors.other(Connector.Kind.external, "build-server", true);
        try (Subscription _ = model.follow()) {
            porthole.failure = new PortholeException(Kind.NOT_SIGNED_IN, "Your sign-in has ended.");
            model.rotate(item("build-server"));
            assertThat(model.connectionProperty().get()).isEmpty();

            porthole.failure = null;
            List.copyOf(interrupted).forEach(Runnable::run);

            assertThat(model.connectionProperty().get()).isPresent();
        }
    }

    @Test
    void newsBringsTheListUpToDateOnlyWhileTheScreenIsShown() {
        Subscription shown = model.follow();
        assertThat(model.fillingProperty().get()).isEqualTo(Filling.EMPTY);

        porthole.connectors.other(Connector.Kind.external, "build-server", true);
        porthole.somethingIsNew();
        assertThat(model.shown()).extracting(ConnectorItem::name).containsExactly("build-server");

        shown.close();
        porthole.connectors.other(Connector.Kind.external, "second", true);
        porthole.somethingIsNew();
        assertThat(model.shown()).hasSize(1);
    }

    @Test
    void listThatCanNotBeReadAgainStays() {
        porthole.connectors.other(Connector.Kind.external, "build-server", true);
        try (Subscription _ = model.follow()) {
            porthole.failure = new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer.");
            porthole.somethingIsNew();

            assertThat(model.fillingProperty().get()).isEqualTo(Filling.CONNECTORS);
            assertThat(model.listProblemProperty().get()).isEqualTo("tunnels.acme.dev does not answer.");
            porthole.failure = null;
            model.load();
            assertThat(model.listProblemProperty().get()).isEmpty();
        }
    }

    // B-C1
    @Test
    void newOneIsShownWithItsCredentialAndAnEmptyNameAsksNobody() {
        List<String> closed = new ArrayList<>();
        try (Subscription _ = model.follow()) {
            model.create("  ", () -> closed.add("closed"));
            assertThat(model.createProblemProperty().get()).isEqualTo("Type a name, such as build-server.");
            assertThat(porthole.calls).isEmpty();

            model.create(" build-server ", () -> closed.add("closed"));

            assertThat(porthole.calls).containsExactly("create connector build-server");
            assertThat(closed).containsExactly("closed");
            assertThat(model.connectionProperty().get().orElseThrow().credential())
                    .isNotEmpty();
            assertThat(model.shown()).extracting(ConnectorItem::name).containsExactly("build-server");
        }
    }
}
