package dev.porthole.desktop.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.dbus.OwnBus;
import dev.porthole.desktop.dbus.SessionBus;
import dev.porthole.desktop.notifications.Notice.Subject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real bus, and a notification daemon of the test's own. */
@Tag("tools")
class BusNotifierTest {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Subject> clicked = new LinkedBlockingQueue<>();
    private OwnBus bus;
    private SessionBus app;
    private DBusConnection desktop;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void startBus() throws Exception {
        bus = OwnBus.start();
        app = bus.forTheApp();
        desktop = bus.connect();
    }

    @AfterEach
    void endBus() throws Exception {
        app.close();
        desktop.disconnect();
        bus.close();
    }

    // UX, Notifications
    @Test
    void laterNoticeOfTheSameThingTakesItsPlaceAndAClickLeadsToIt() throws Exception {
        Daemon daemon = daemon(List.of("actions", "body"));
        Notifier notifier = notifier();

        notifier.tell(notice("tunnel/tun_1", "docs can’t be reached", "a < b & c"));
        Shown lost = shown(daemon);
        assertThat(lost.title()).isEqualTo("docs can’t be reached");
        assertThat(lost.text()).as("no markup here: as it is").isEqualTo("a < b & c");
        assertThat(lost.replaces()).isZero();
        assertThat(lost.actions()).containsExactly("default", "Open Porthole");

        notifier.tell(notice("tunnel/tun_1", "docs is back", ""));
        Shown back = shown(daemon);
        assertThat(back.replaces()).isEqualTo(lost.id());

        click(99_999);
        click(back.id());
        assertThat(clicked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(new Subject.OneTunnel("tun_1"));
        assertThat(clicked).as("somebody else's notification").isEmpty();
    }

    // T-L4
    @Test
    void labelIsTextAlsoWhereTheDesktopReadsMarkup() throws Exception {
        Daemon daemon = daemon(List.of("actions", "body", "body-markup"));

        notifier().tell(notice("k", "title", "<a href=\"https://evil.example\">docs</a> & more"));

        assertThat(shown(daemon).text()).isEqualTo("&lt;a href=\"https://evil.example\"&gt;docs&lt;/a&gt; &amp; more");
    }

    @Test
    void desktopWithoutNotificationsHarmsNobodyAndOneThatComesLaterIsUsed() throws Exception {
        Notifier notifier = notifier();
        notifier.tell(notice("k", "nobody hears this", ""));
        BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();
        app.run("the test", on -> done.add(true));
        assertThat(done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        Daemon daemon = daemon(List.of("body"));
        notifier.tell(notice("k", "somebody hears this", ""));

        assertThat(shown(daemon).title()).isEqualTo("somebody hears this");
    }

    private Notifier notifier() {
        return new BusNotifier(app, "Porthole", "Open Porthole", clicked::add);
    }

    private static Notice notice(String key, String title, String text) {
        return new Notice(key, NoticeKind.LOST, title, text, new Subject.OneTunnel("tun_1"));
    }

    private Daemon daemon(List<String> capabilities) throws DBusException {
        Daemon daemon = new Daemon(capabilities);
        desktop.exportObject("/org/freedesktop/Notifications", daemon);
        desktop.requestBusName("org.freedesktop.Notifications");
        return daemon;
    }

    private static Shown shown(Daemon daemon) throws InterruptedException {
        Shown shown = daemon.shown.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(shown).as("a notification").isNotNull();
        return shown;
    }

    private void click(long id) throws DBusException {
        desktop.sendMessage(new DBusSignal(
                desktop.getUniqueName(),
                "/org/freedesktop/Notifications",
                "org.freedesktop.Notifications",
                "ActionInvoked",
                "us",
                new UInt32(id),
                "default"));
    }

    private record Shown(long id, long replaces, String title, String text, List<String> actions) {}

    /** What a desktop implements. */
    @DBusInterfaceName("org.freedesktop.Notifications")
    public interface Notifications extends DBusInterface {
        List<String> GetCapabilities();

        UInt32 Notify(
                String appName,
                UInt32 replaces,
                String icon,
                String summary,
                String body,
                List<String> actions,
                Map<String, Variant<?>> hints,
                int timeout);
    }

    /** Shows nothing, and remembers. */
    public static final class Daemon implements Notifications {
        private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
        private final AtomicLong last = new AtomicLong();
        private final List<String> capabilities;

        Daemon(List<String> capabilities) {
            this.capabilities = capabilities;
        }

        @Override
        public List<String> GetCapabilities() {
            return capabilities;
        }

        @Override
        public UInt32 Notify(
                String appName,
                UInt32 replaces,
                String icon,
                String summary,
                String body,
                List<String> actions,
                Map<String, Variant<?>> hints,
                int timeout) {
            long id = replaces.longValue() == 0 ? last.incrementAndGet() : replaces.longValue();
            shown.add(new Shown(id, replaces.longValue(), summary, body, List.copyOf(actions)));
            return new UInt32(id);
        }

        @Override
        public String getObjectPath() {
            return "/org/freedesktop/Notifications";
        }
    }
}
