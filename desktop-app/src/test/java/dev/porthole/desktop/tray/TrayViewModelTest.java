package dev.porthole.desktop.tray;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import dev.porthole.icons.MarkLook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrayViewModelTest {
    private final List<String> asked = new ArrayList<>();
    private final ManualTasks tasks = new ManualTasks();
    private final FakeOutside outside = new FakeOutside();

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private TrayViewModel model;
    private Subscription following = () -> {};

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void signIn() {
        porthole = new FakePorthole(folder).signedIn();
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
        porthole.ports = List.of(
                FakePorthole.port(5173, "node", "web-shop", "Vite", Duration.ofMinutes(2)),
                FakePorthole.port(8080, "java", null, null, Duration.ofMinutes(3)),
                new ListeningPort(631, 1, "cupsd", "cupsd", null, "Printing", FakePorthole.NOW, true));
        model = new TrayViewModel(porthole, tasks.tasks(), outside, doors());
        following = model.follow();
    }

    @AfterEach
    void letGo() {
        following.close();
        porthole.close();
    }

    // B-B14
    @Test
    void menuHasStatusProjectTunnelsShareOpenAndQuit() {
        porthole.put(porthole.tunnel("storybook", Endpoint.parse("6006"), Phase.STOPPED, ""));
        porthole.put(porthole.tunnel("web-shop", Endpoint.parse("5173"), Phase.READY, ""));

        assertThat(outline())
                .containsExactly(
                        "(Sharing 1 tunnel)",
                        "-",
                        "Project: web-shop >",
                        "-",
                        "web-shop · ready >",
                        "storybook · off >",
                        "-",
                        "Share a port…",
                        "Listening on this computer >",
                        "-",
                        "Open Porthole",
                        "Pause all",
                        "Quit Porthole");
        assertThat(model.stateProperty().get().look()).isEqualTo(MarkLook.SHARING);
        assertThat(model.stateProperty().get().hint()).isEqualTo("Sharing 1 tunnel");
    }

    // B-B14
    @Test
    void projectsHaveAMarkOnTheActiveOneAndSwitching() {
        model.menuOpened();
        assertThat(entries("project"))
                .containsExactly(
                        new TrayEntry.Choice("Acme / docs", false, new TrayCommand.SwitchProject("prj_2")),
                        new TrayEntry.Choice("Acme / web-shop", true, new TrayCommand.SwitchProject("prj_1")));

        model.perform(new TrayCommand.SwitchProject("prj_2"));

        assertThat(porthole.calls).contains("switch to prj_2");
        assertThat(entries("project"))
                .contains(new TrayEntry.Choice("Acme / docs", true, new TrayCommand.SwitchProject("prj_2")));
    }

    // B-B14
    @Test
    void tunnelsHaveAddressToCopyOpenAndStop() {
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        assertThat(entries("tunnel/tun_1"))
                .containsExactly(
                        new TrayEntry.Words("https://docs.acme.dev"),
                        new TrayEntry.Item("Copy address", new TrayCommand.CopyAddress("tun_1")),
                        new TrayEntry.Item("Open in the browser", new TrayCommand.OpenAddress("tun_1")),
                        new TrayEntry.Item("Stop", new TrayCommand.Stop("tun_1")));

        model.perform(new TrayCommand.CopyAddress("tun_1"));
        model.perform(new TrayCommand.OpenAddress("tun_1"));
        model.perform(new TrayCommand.Stop("tun_1"));

        assertThat(outside.copied).containsExactly("https://docs.acme.dev");
        assertThat(outside.opened).containsExactly(URI.create("https://docs.acme.dev"));
        assertThat(porthole.calls).contains("stop tun_1");
        assertThat(entries("tunnel/tun_1")).contains(new TrayEntry.Item("Start", new TrayCommand.Start("tun_1")));
        assertThat(model.stateProperty().get().look()).isEqualTo(MarkLook.IDLE);
    }

    @Test
    void tunnelsThatAreNoWebPagesAreNotOpenedInABrowser() {
        porthole.put(porthole.tunnel("db", Endpoint.parse("tcp://localhost:5432"), Phase.READY, ""));

        assertThat(entries("tunnel/tun_1"))
                .noneMatch(
                        it -> it instanceof TrayEntry.Item(String words, var _) && words.equals("Open in the browser"));
    }

    // B-B14, UX: the menu is scanned for ports only while it is open
    @Test
    void portsAreLookedAtOnlyWhileTheMenuIsOpen() {
        assertThat(entries("ports")).containsExactly(new TrayEntry.Words("Looking for programs that listen…"));
        assertThat(tasks.waits()).isZero();

        model.menuOpened();
        assertThat(entries("ports"))
                .containsExactly(
                        new TrayEntry.Item("web-shop · 5173", new TrayCommand.SharePort(5173)),
                        new TrayEntry.Item("java · 8080", new TrayCommand.SharePort(8080)));
        porthole.ports = List.of();
        tasks.timePasses();
        assertThat(entries("ports")).containsExactly(new TrayEntry.Words("Nothing that is not shared yet"));

        model.menuClosed();
        assertThat(tasks.waits()).isZero();
    }

    @Test
    void panelThatNeverTellsThatItsMenuIsGoneCostsAMinuteOfLooking() {
        model.menuOpened();
        for (int look = 0; look < 100; look++) {
            tasks.timePasses();
        }

        assertThat(tasks.waits()).isZero();
    }

    @Test
    void portIsSharedAtOnceBecauseAPersonChoseItHere() {
        model.menuOpened();
        model.perform(new TrayCommand.SharePort(5173));
        model.perform(new TrayCommand.SharePort(22));
        model.perform(new TrayCommand.ShareSomething());

        assertThat(asked).containsExactly("share 5173", "ask what to share");
    }

    // B-B14
    @Test
    void pauseStopsAllAndResumeStartsTheSameAgain() {
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3001"), Phase.READY, ""));
        porthole.put(porthole.tunnel("old", Endpoint.parse("3002"), Phase.STOPPED, ""));

        model.perform(new TrayCommand.PauseAll());
        assertThat(porthole.calls).contains("stop tun_1", "stop tun_2").doesNotContain("stop tun_3");
        assertThat(outline()).contains("(Paused)", "Resume all").doesNotContain("Pause all");

        model.perform(new TrayCommand.ResumeAll());
        assertThat(porthole.calls).contains("enable tun_1", "enable tun_2").doesNotContain("enable tun_3");
        assertThat(outline()).contains("(Sharing 2 tunnels)", "Pause all").doesNotContain("Resume all");
    }

    @Test
    void whatWasTurnedOnByHandMeanwhileIsNotPausedAnyMore() {
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        model.perform(new TrayCommand.PauseAll());

        porthole.put(FakePorthole.withPhase(porthole.tunnels.get().getFirst(), Phase.READY));

        assertThat(outline()).doesNotContain("Resume all");
    }

    // B-A11, B-B14
    @Test
    void endedSignInNeedsAttentionAndLeadsToTheWindow() {
        porthole.signIn.set(new SignIn.Expired(FakePorthole.SERVER, FakePorthole.ADA, false));

        assertThat(outline()).contains("(Sign in again to go on)", "Sign in again…");
        assertThat(model.stateProperty().get().look()).isEqualTo(MarkLook.ATTENTION);
        model.perform(new TrayCommand.SignInAgain());
        assertThat(asked).containsExactly("open");
    }

    @Test
    void lostConnectionAndMissingAppNeedAttention() {
        TunnelState docs = porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.ENDPOINT_DOWN, ""));
        assertThat(model.stateProperty().get().look()).isEqualTo(MarkLook.ATTENTION);
        assertThat(outline()).contains("(1 tunnel has a problem)", "docs · app not running >");

        porthole.put(FakePorthole.withPhase(docs, Phase.OFFLINE));
        porthole.link.set(new Link.Reconnecting("no route", FakePorthole.NOW));
        assertThat(outline()).contains("(No connection to the server)");
    }

    @Test
    void commandThatFailsSaysWhyInTheMenuUntilTheNext() {
        porthole.put(porthole.tunnel("docs", Endpoint.parse("3000"), Phase.READY, ""));
        porthole.failure = new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer.");

        model.perform(new TrayCommand.Stop("tun_1"));
        assertThat(outline()).contains("(tunnels.acme.dev does not answer.)");
        assertThat(model.stateProperty().get().look()).isEqualTo(MarkLook.ATTENTION);

        porthole.failure = null;
        model.perform(new TrayCommand.CopyAddress("tun_1"));
        assertThat(outline()).doesNotContain("(tunnels.acme.dev does not answer.)");
    }

    @Test
    void nobodySignedInHasStatusOpenAndQuit() {
        porthole.signIn.set(new SignIn.SignedOut());

        assertThat(outline()).containsExactly("(Not signed in)", "-", "Open Porthole", "Quit Porthole");
        model.menuOpened();
        assertThat(tasks.waits())
                .as("nothing to share to: nothing is looked at")
                .isZero();
        model.perform(new TrayCommand.Open());
        model.perform(new TrayCommand.Quit());
        assertThat(asked).containsExactly("open", "quit");
    }

    @Test
    void manyTunnelsLeadToTheWindow() {
        for (int at = 0; at < 12; at++) {
            porthole.put(porthole.tunnel("app-" + at, Endpoint.parse("" + (3000 + at)), Phase.STOPPED, ""));
        }

        assertThat(outline().stream().filter(line -> line.startsWith("app-"))).hasSize(TrayMenu.MOST_TUNNELS);
        assertThat(outline()).contains("All 12 tunnels…");
        model.perform(new TrayCommand.AllTunnels());
        assertThat(asked).containsExactly("tunnels");
    }

    // T-L4
    @Test
    void namesFromElsewhereAreOneLineOfPlainText() {
        porthole.put(porthole.tunnel("docs\n\u202Egnp", Endpoint.parse("3000"), Phase.READY, ""));

        assertThat(outline()).contains("docs gnp · ready >");
    }

    private List<String> outline() {
        return model.stateProperty().get().menu().stream()
                .map(TrayViewModelTest::line)
                .toList();
    }

    private static String line(TrayEntry entry) {
        return switch (entry) {
            case TrayEntry.Words(String words) -> "(" + words + ")";
            case TrayEntry.Separator _ -> "-";
            case TrayEntry.Item(String words, var _) -> words;
            case TrayEntry.Choice(String words, boolean chosen, var _) -> (chosen ? "x " : "  ") + words;
            case TrayEntry.Submenu(var _, String words, var _) -> words + " >";
        };
    }

    private List<TrayEntry> entries(String key) {
        return model.stateProperty().get().menu().stream()
                .flatMap(entry ->
                        entry instanceof TrayEntry.Submenu menu && menu.key().equals(key)
                                ? menu.entries().stream()
                                : Stream.empty())
                .toList();
    }

    private TrayDoors doors() {
        return new TrayDoors() {
            @Override
            public void open() {
                asked.add("open");
            }

            @Override
            public void askWhatToShare() {
                asked.add("ask what to share");
            }

            @Override
            public void share(ListeningPort port) {
                asked.add("share " + port.port());
            }

            @Override
            public void showTunnels() {
                asked.add("tunnels");
            }

            @Override
            public void quit() {
                asked.add("quit");
            }
        };
    }
}
