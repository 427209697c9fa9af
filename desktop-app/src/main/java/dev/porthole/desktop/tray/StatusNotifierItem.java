package dev.porthole.desktop.tray;

import java.util.List;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.interfaces.DBusInterface;

/** What a panel may ask of an icon, beside its properties. Public for the bus's library. */
public final class StatusNotifierItem {
    private StatusNotifierItem() {}

    /** As KDE named it first, and as most panels know it. */
    @DBusInterfaceName(Kde.NAME)
    public interface Kde extends DBusInterface {
        String NAME = "org.kde.StatusNotifierItem";

        void ContextMenu(int x, int y);

        void Activate(int x, int y);

        void SecondaryActivate(int x, int y);

        void Scroll(int delta, String orientation);
    }

    /** As the specification of freedesktop.org names it. */
    @DBusInterfaceName(Freedesktop.NAME)
    public interface Freedesktop extends DBusInterface {
        String NAME = "org.freedesktop.StatusNotifierItem";

        void ContextMenu(int x, int y);

        void Activate(int x, int y);

        void SecondaryActivate(int x, int y);

        void Scroll(int delta, String orientation);
    }

    /** {@code (iiay)}: width, height, and ARGB with the alpha first, whatever the machine's byte order. */
    public static final class Pixmap extends Struct {
        @Position(0)
        public final int width;

        @Position(1)
        public final int height;

        @Position(2)
        public final byte[] argb;

        public Pixmap(int width, int height, byte[] argb) {
            this.width = width;
            this.height = height;
            this.argb = argb;
        }
    }

    /** {@code (sa(iiay)ss)}: an icon's name, its pixels, a title and a text. */
    public static final class ToolTip extends Struct {
        @Position(0)
        public final String iconName;

        @Position(1)
        public final List<Pixmap> icon;

        @Position(2)
        public final String title;

        @Position(3)
        public final String text;

        public ToolTip(String iconName, List<Pixmap> icon, String title, String text) {
            this.iconName = iconName;
            this.icon = icon;
            this.title = title;
            this.text = text;
        }
    }
}
