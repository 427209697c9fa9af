package dev.porthole.desktop.tray;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.dbus.OwnBus;
import dev.porthole.desktop.dbus.SessionBus;
import dev.porthole.icons.MarkLook;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real bus, and a watcher and panel of the test's own. */
@Tag("tools")
class StatusNotifierTrayTest {
    private static final String KDE = "org.kde.StatusNotifierWatcher";
    private static final String FREEDESKTOP = "org.freedesktop.StatusNotifierWatcher";
    private static final TrayEntry QUIT = new TrayEntry.Item("Quit", new TrayCommand.Quit());
    private static final TrayState IDLE = new TrayState(MarkLook.IDLE, "Nothing is shared", List.of(QUIT));

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final TrayListener listener = new TrayListener() {
        @Override
        public void opened() {
            heard.add("opened");
        }

        @Override
        public void closed() {
            heard.add("closed");
        }

        @Override
        public void chosen(TrayCommand command) {
            heard.add("chosen " + command);
        }

        @Override
        public void shown(boolean isShown) {
            heard.add("shown " + isShown);
        }
    };

    private OwnBus bus;
    private SessionBus app;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void startBus() throws Exception {
        bus = OwnBus.start();
        app = bus.forTheApp();
    }

    @AfterEach
    void endBus() throws Exception {
        app.close();
        bus.close();
    }

    // B-B14
    @Test
    void registersWithBothWatchersAndAgainWhenOneStartsAnew() throws Exception {
        try (FakePanel freedesktop = new FakePanel(bus.connect(), FREEDESKTOP, true)) {
            String icon;
            try (FakePanel kde = new FakePanel(bus.connect(), KDE, true)) {
                Tray tray = start();
                icon = kde.nextIcon();
                assertThat(icon).startsWith("org.kde.StatusNotifierItem-");
                assertThat(freedesktop.nextIcon()).isEqualTo(icon);
                assertThat(next()).isEqualTo("shown true");
                tray.show(IDLE);
            }
            try (FakePanel kdeAgain = new FakePanel(bus.connect(), KDE, true)) {
                assertThat(kdeAgain.nextIcon()).isEqualTo(icon);
                assertThat(heard).as("one panel was there all the time").isEmpty();
            }
        }
        assertThat(next()).isEqualTo("shown false");
    }

    // B-B14
    @Test
    void watcherThatComesLaterGetsTheIcon() throws Exception {
        Tray tray = start();
        tray.show(IDLE);

        try (FakePanel panel = new FakePanel(bus.connect(), KDE, true)) {
            String icon = panel.nextIcon();
            assertThat(next()).isEqualTo("shown true");
            assertThat(panel.property(icon, "Title")).isEqualTo("Porthole");
        }
        assertThat(next()).isEqualTo("shown false");
    }

    @Test
    void watcherWithoutAPanelShowsNothing() throws Exception {
        try (FakePanel alone = new FakePanel(bus.connect(), FREEDESKTOP, false);
                FakePanel panel = new FakePanel(bus.connect(), KDE, true)) {
            start();
            assertThat(panel.nextIcon()).isEqualTo(alone.nextIcon());
            assertThat(next()).isEqualTo("shown true");
            panel.leave();
            assertThat(next()).as("nobody sees it at the other one").isEqualTo("shown false");
        }
    }

    // B-B14
    @Test
    void iconIsPixelsOfSeveralSizesForEachState() throws Exception {
        try (FakePanel panel = new FakePanel(bus.connect(), KDE, true)) {
            Tray tray = start();
            String icon = panel.nextIcon();
            assertThat(next()).isEqualTo("shown true");

            tray.show(IDLE);
            panel.awaitSignal("NewStatus");
            assertThat(panel.property(icon, "Status")).isEqualTo("Active");
            List<?> idle = (List<?>) panel.property(icon, "IconPixmap");
            assertThat(idle).hasSize(5);
            Object[] smallest = (Object[]) idle.getFirst();
            assertThat(smallest[0]).isEqualTo(16);
            assertThat((List<?>) smallest[2]).hasSize(16 * 16 * 4);

            tray.show(new TrayState(MarkLook.ATTENTION, "1 tunnel has a problem", List.of(QUIT)));
            panel.awaitSignal("NewStatus");
            assertThat(panel.property(icon, "Status")).isEqualTo("NeedsAttention");
            assertThat(panel.property(icon, StatusNotifierItem.Freedesktop.NAME, "Status"))
                    .isEqualTo("NeedsAttention");
            assertThat(panel.property(icon, "Menu")).isEqualTo(new DBusPath(StatusNotifierTray.MENU_PATH));
        }
    }

    // B-B14
    @Test
    void clickMeansTheEntryThatWasReadEvenIfTheMenuHasChangedSince() throws Exception {
        try (FakePanel panel = new FakePanel(bus.connect(), KDE, true)) {
            Tray tray = start();
            String icon = panel.nextIcon();
            assertThat(next()).isEqualTo("shown true");
            TrayEntry docs = tunnel("tun_1", "docs");
            TrayEntry shop = tunnel("tun_2", "web_shop");
            tray.show(new TrayState(MarkLook.SHARING, "", List.of(docs, shop, QUIT)));
            panel.awaitSignal("LayoutUpdated");
            int shopNumber = panel.find(icon, "web__shop");
            int stopShop = panel.menu(icon).GetLayout(shopNumber, -1, List.of()).root.children.stream()
                    .map(it -> (Integer) ((Object[]) it.getValue())[0])
                    .findFirst()
                    .orElseThrow();

            // The first tunnel is gone: what follows moves up.
            tray.show(new TrayState(MarkLook.SHARING, "", List.of(shop, QUIT)));
            panel.awaitSignal("LayoutUpdated");
            panel.click(icon, stopShop);
            assertThat(next()).isEqualTo("chosen " + new TrayCommand.Stop("tun_2"));

            // And one that is gone itself means nothing.
            tray.show(IDLE);
            panel.awaitSignal("LayoutUpdated");
            panel.click(icon, stopShop);
            panel.click(icon, panel.find(icon, "Quit"));
            assertThat(next()).isEqualTo("chosen " + new TrayCommand.Quit());
        }
    }

    // B-B14
    @Test
    void panelTellsThatTheMenuOpensAndClosesAndAClickOnTheIconOpensTheWindow() throws Exception {
        try (FakePanel panel = new FakePanel(bus.connect(), KDE, true)) {
            start();
            String icon = panel.nextIcon();
            assertThat(next()).isEqualTo("shown true");

            assertThat(panel.menu(icon).AboutToShow(MenuTree.ROOT)).isFalse();
            assertThat(next()).isEqualTo("opened");
            panel.menu(icon).Event(MenuTree.ROOT, "closed", new Variant<>(""), new UInt32(0));
            assertThat(next()).isEqualTo("closed");
            panel.item(icon).Activate(10, 10);
            assertThat(next()).isEqualTo("chosen " + new TrayCommand.Open());
        }
    }

    @Test
    void busThatIsNotThereHarmsNobody() {
        SessionBus nowhere = SessionBus.at("unix:path=/nowhere/bus");
        Tray tray = StatusNotifierTray.start(nowhere, listener, "Porthole");
        tray.show(IDLE);
        nowhere.close();

        assertThat(heard).isEmpty();
    }

    private Tray start() {
        return StatusNotifierTray.start(app, listener, "Porthole");
    }

    private String next() throws InterruptedException {
        return FakePanel.heard(heard, "news of the tray");
    }

    private static TrayEntry tunnel(String id, String label) {
        return new TrayEntry.Submenu(
                "tunnel/" + id, label, List.of(new TrayEntry.Item("Stop", new TrayCommand.Stop(id))));
    }
}
