package dev.porthole.desktop.notifications;

import dev.porthole.desktop.dbus.SessionBus;
import dev.porthole.desktop.notifications.Notice.Subject;
import dev.porthole.icons.MarkLook;
import dev.porthole.icons.MarkPixels;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * {@code org.freedesktop.Notifications}, version 1.2. Threads: calls from any; all of it happens on the bus's thread.
 */
public final class BusNotifier implements Notifier {
    private static final String SERVICE = "org.freedesktop.Notifications";
    private static final String PATH = "/org/freedesktop/Notifications";
    private static final String CLICKED = "default";
    /** Whatever a daemon answers, no more are remembered. */
    private static final int MOST_REMEMBERED = 50;

    private static final int ICON_SIZE = 48;

    private final SessionBus bus;
    private final String appName;
    private final String openWords;
    private final Consumer<Subject> clicked;
    // Belong to the bus's thread.
    private final Map<String, UInt32> byKey = new LinkedHashMap<>();
    private final Map<Long, Subject> byId = new LinkedHashMap<>();
    private @Nullable Boolean markup;

    /**
     * @param openWords the button's words, where a desktop shows a click as a button
     * @param clicked called on a thread of the bus's
     */
    public BusNotifier(SessionBus bus, String appName, String openWords, Consumer<Subject> clicked) {
        this.bus = bus;
        this.appName = appName;
        this.openWords = openWords;
        this.clicked = clicked;
    }

    @Override
    public void tell(Notice notice) {
        bus.run("a notification", on -> show(on, notice));
    }

    private void show(SessionBus on, Notice notice) throws DBusException {
        boolean first = markup == null;
        String text = takesMarkup(on) ? escaped(notice.text()) : notice.text();
        if (first) {
            on.listen(SERVICE, "ActionInvoked", this::invoked);
        }
        Map<String, Variant<?>> hints = new LinkedHashMap<>();
        hints.put("desktop-entry", new Variant<>("porthole-Porthole"));
        hints.put("urgency", new Variant<>((byte) 1));
        hints.put("image-data", new Variant<>(picture(notice.kind()), "(iiibiiay)"));
        Object[] answer = on.call(
                SERVICE,
                PATH,
                SERVICE,
                "Notify",
                "susssasa{sv}i",
                appName,
                byKey.getOrDefault(notice.key(), new UInt32(0)),
                "",
                notice.title(),
                text,
                new String[] {CLICKED, openWords},
                hints,
                -1);
        if (answer.length == 1 && answer[0] instanceof UInt32 id) {
            byKey.put(notice.key(), id);
            byId.put(id.longValue(), notice.about());
            forgetOldest(byKey);
            forgetOldest(byId);
        }
    }

    private boolean takesMarkup(SessionBus on) throws DBusException {
        Boolean known = markup;
        if (known == null) {
            Object[] answer = on.call(SERVICE, PATH, SERVICE, "GetCapabilities", null);
            known = answer.length == 1 && listed(answer[0]).contains("body-markup");
            markup = known;
        }
        return known;
    }

    private static Collection<?> listed(Object value) {
        return switch (value) {
            case Object[] array -> Arrays.asList(array);
            case Collection<?> list -> list;
            default -> java.util.List.of();
        };
    }

    /** A label is text: a daemon that reads markup must find none in it. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void invoked(Object[] values) {
        if (values.length == 2 && values[0] instanceof UInt32 id && CLICKED.equals(values[1])) {
            bus.run("a click on a notification", on -> {
                // Other programs' notifications have their ids from the same daemon.
                Subject about = byId.remove(id.longValue());
                if (about != null) {
                    clicked.accept(about);
                }
            });
        }
    }

    private static void forgetOldest(Map<?, ?> map) {
        if (map.size() > MOST_REMEMBERED) {
            map.remove(map.keySet().iterator().next());
        }
    }

    private static Picture picture(NoticeKind kind) {
        MarkLook look = switch (kind) {
            case READY, FIRST_VISITOR, ABOUT_THE_APP -> MarkLook.SHARING;
            case LOST, SIGN_IN -> MarkLook.ATTENTION;
        };
        int[] argb = MarkPixels.argb(ICON_SIZE, look);
        byte[] rgba = new byte[argb.length * 4];
        for (int at = 0; at < argb.length; at++) {
            rgba[at * 4] = (byte) (argb[at] >> 16);
            rgba[at * 4 + 1] = (byte) (argb[at] >> 8);
            rgba[at * 4 + 2] = (byte) argb[at];
            rgba[at * 4 + 3] = (byte) (argb[at] >>> 24);
        }
        return new Picture(ICON_SIZE, ICON_SIZE, ICON_SIZE * 4, true, 8, 4, rgba);
    }

    /** {@code (iiibiiay)}: width, height, bytes a row, whether with alpha, bits a sample, channels, pixels as RGBA. */
    public static final class Picture extends Struct {
        @Position(0)
        public final int width;

        @Position(1)
        public final int height;

        @Position(2)
        public final int rowBytes;

        @Position(3)
        public final boolean alpha;

        @Position(4)
        public final int bits;

        @Position(5)
        public final int channels;

        @Position(6)
        public final byte[] rgba;

        public Picture(int width, int height, int rowBytes, boolean alpha, int bits, int channels, byte[] rgba) {
            this.width = width;
            this.height = height;
            this.rowBytes = rowBytes;
            this.alpha = alpha;
            this.bits = bits;
            this.channels = channels;
            this.rgba = rgba;
        }
    }
}
