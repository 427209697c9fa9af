package dev.porthole.desktop.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import dev.porthole.desktop.activity.ActivityViewModel.Filling;
import dev.porthole.desktop.ui.Moments;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityViewModelTest {
    private final List<Runnable> interrupted = new ArrayList<>();
    private final Moments moments = new Moments(InstantSource.fixed(FakePorthole.NOW), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private ActivityViewModel model;

    @BeforeEach
    void signedIn() {
        porthole = new FakePorthole(folder).signedIn();
        model = new ActivityViewModel(porthole, new ManualTasks().tasks(), moments, interrupted::add);
    }

    @AfterEach
    void close() {
        porthole.close();
    }

    private List<String> sentences() {
        return model.rows().stream().map(ActivityEntry::sentence).toList();
    }

    @Test
    void saysInPlainWordsWhoDidWhatByTheNamesOfToday() {
        TunnelState docs = porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        String con = porthole.connectors.thisDevice().connector().id();
        porthole.activity.add("Ada", "tunnel.created", docs.tunnel().id(), "docs as it was");
        porthole.activity.add("Ada", "session.connected", con, "instance ins_1");
        porthole.activity.add("Grace", "tunnel.deleted", "tun_gone", "old-blog");
        porthole.activity.add("Grace", "tunnel.deleted", "tun_long_gone", null);
        porthole.activity.add("Grace", "future.thing", "res_1", null);

        try (Subscription _ = model.follow()) {
            assertThat(sentences())
                    .containsExactly(
                            "Grace did future.thing: res_1",
                            "Grace deleted a tunnel",
                            "Grace deleted old-blog",
                            "ada-laptop connected",
                            "Ada made the tunnel docs");
            assertThat(model.rows().getLast().details(moments))
                    .isEqualTo("Nov 20, 2026, 10:01\u202fAM from 203.0.113.7");
        }
    }

    @Test
    void olderPagesAreFetchedBeforeTheirEndIsReachedAndOnlyThen() {
        for (int at = 0; at < 500; at++) {
            porthole.activity.add("Ada", "tunnel.updated", "tun_" + at, "t" + at);
        }
        try (Subscription _ = model.follow()) {
            assertThat(model.rows()).hasSize(200);
            model.reached(100);
            assertThat(model.rows()).hasSize(200);

            model.reached(150);
            assertThat(model.rows()).hasSize(400);
            model.reached(399);
            model.reached(499);
            assertThat(model.rows()).hasSize(500).doesNotHaveDuplicates();
            assertThat(porthole.activity.pages).isEqualTo(3);
        }
    }

    @Test
    void newsComesOnTopAndKeepsWhatWasScrolledTo() {
        for (int at = 0; at < 300; at++) {
            porthole.activity.add("Ada", "tunnel.updated", "tun_" + at, "t" + at);
        }
        try (Subscription _ = model.follow()) {
            model.reached(199);
            porthole.activity.add("Grace", "tunnel.deleted", "tun_5", "t5");
            porthole.somethingIsNew();

            assertThat(model.rows()).hasSize(301);
            assertThat(sentences().getFirst()).isEqualTo("Grace deleted t5");
        }
    }

    @Test
    void gapThatIsTooLongForOnePageBeginsAnew() {
        porthole.activity.add("Ada", "tunnel.created", "tun_1", "docs");
        try (Subscription _ = model.follow()) {
            for (int at = 0; at < 250; at++) {
                porthole.activity.add("Grace", "tunnel.updated", "tun_" + at, "t" + at);
            }
            porthole.somethingIsNew();

            assertThat(model.rows()).hasSize(200);
            model.reached(199);
            assertThat(model.rows()).hasSize(251).doesNotHaveDuplicates();
        }
    }

    @Test
    void filtersAskTheServer() {
        porthole.activity.add("Ada", "tunnel.created", "tun_1", "docs");
        porthole.activity.add("Grace", "key.created", "key_1", "ci");
        try (Subscription _ = model.follow()) {
            model.kindProperty().set(ActivityKind.KEYS);
            assertThat(sentences()).containsExactly("Grace made the key ci");

            model.kindProperty().set(ActivityKind.CONNECTORS);
            assertThat(model.fillingProperty().get()).isEqualTo(Filling.NONE_FOUND);

            model.kindProperty().set(ActivityKind.EVERYTHING);
            assertThat(model.people()).extracting(ActivityPerson::words).containsExactly("Everyone", "Grace", "Ada");
            model.personProperty().set(model.people().getLast());
            assertThat(sentences()).containsExactly("Ada made the tunnel docs");
        }
    }

    // B-B2
    @Test
    void anotherProjectBeginsAnew() {
        porthole.activity.add("Ada", "tunnel.created", "tun_1", "docs");
        try (Subscription _ = model.follow()) {
            model.kindProperty().set(ActivityKind.TUNNELS);
            porthole.activeProject.set(Optional.of(FakePorthole.DOCS));
            porthole.somethingIsNew();

            assertThat(porthole.activity.pages).isEqualTo(3);
            assertThat(model.rows()).hasSize(1);
        }
    }

    // B-A11
    @Test
    void endedSignInIsRenewedAndTheListComes() {
        porthole.activity.add("Ada", "tunnel.created", "tun_1", "docs");
        porthole.failure = new PortholeException(Kind.NOT_SIGNED_IN, "Your sign-in has ended.");
        try (Subscription _ = model.follow()) {
            assertThat(model.fillingProperty().get()).isEqualTo(Filling.FAILED);

            porthole.failure = null;
            interrupted.forEach(Runnable::run);

            assertThat(sentences()).containsExactly("Ada made the tunnel docs");
            assertThat(model.problemProperty().get()).isEmpty();
        }
    }
}
