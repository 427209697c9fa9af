package dev.porthole.desktop.tray;

import dev.porthole.icons.MarkLook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/**
 * The tray's icon as the bus sees it. Public for the bus's library, which calls it on threads of its own; values go in
 * through {@link #put} from any.
 */
public final class BusItem implements StatusNotifierItem.Kde, StatusNotifierItem.Freedesktop, Properties {
    private static final String PIXMAPS = "a(iiay)";

    private final TrayListener listener;
    private final String menuPath;
    private final String title;
    private volatile Shown now = new Shown(MarkLook.IDLE, "");

    BusItem(TrayListener listener, String menuPath, String title) {
        this.listener = listener;
        this.menuPath = menuPath;
        this.title = title;
    }

    void put(MarkLook look, String hint) {
        now = new Shown(look, hint);
    }

    /** {@code NeedsAttention} brings the icon out of a panel's hidden ones. */
    static String status(MarkLook look) {
        return look == MarkLook.ATTENTION ? "NeedsAttention" : "Active";
    }

    @Override
    public void ContextMenu(int x, int y) {
        // The panel draws the menu itself; one that does not has a window to go to.
        listener.chosen(new TrayCommand.Open());
    }

    @Override
    public void Activate(int x, int y) {
        listener.chosen(new TrayCommand.Open());
    }

    @Override
    public void SecondaryActivate(int x, int y) {
        listener.chosen(new TrayCommand.ShareSomething());
    }

    @Override
    public void Scroll(int delta, String orientation) {
        // Nothing to scroll through.
    }

    @Override
    public String getObjectPath() {
        return "/";
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the library has it so
    public <A> A Get(String interfaceName, String property) {
        Variant<?> value = GetAll(interfaceName).get(property);
        // The whole variant, with its signature: an empty list does not tell its own.
        return (A) (value == null ? new Variant<>("") : value);
    }

    @Override
    public <A> void Set(String interfaceName, String property, A value) {
        // Nothing of it can be set.
    }

    @Override
    public Map<String, Variant<?>> GetAll(String interfaceName) {
        Shown shown = now;
        Map<String, Variant<?>> all = new LinkedHashMap<>();
        all.put("Category", new Variant<>("ApplicationStatus"));
        all.put("Id", new Variant<>("porthole"));
        all.put("Title", new Variant<>(title));
        all.put("Status", new Variant<>(status(shown.look())));
        all.put("WindowId", new Variant<>(0));
        all.put("IconThemePath", new Variant<>(""));
        all.put("IconName", new Variant<>(""));
        all.put("IconPixmap", new Variant<>(TrayPixels.pixmaps(shown.look()), PIXMAPS));
        all.put("OverlayIconName", new Variant<>(""));
        all.put("OverlayIconPixmap", new Variant<>(List.of(), PIXMAPS));
        all.put("AttentionIconName", new Variant<>(""));
        all.put("AttentionIconPixmap", new Variant<>(TrayPixels.pixmaps(MarkLook.ATTENTION), PIXMAPS));
        all.put("AttentionMovieName", new Variant<>(""));
        all.put(
                "ToolTip",
                new Variant<>(new StatusNotifierItem.ToolTip("", List.of(), title, shown.hint()), "(sa(iiay)ss)"));
        // A click opens the window; the menu is for the other button.
        all.put("ItemIsMenu", new Variant<>(false));
        all.put("Menu", new Variant<>(new DBusPath(menuPath), "o"));
        return all;
    }

    private record Shown(MarkLook look, String hint) {}
}
