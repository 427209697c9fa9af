package dev.porthole.desktop.tray;

import dev.porthole.desktop.notifications.Notice;
import dev.porthole.desktop.notifications.NoticeKind;
import dev.porthole.desktop.notifications.Notifier;
import dev.porthole.icons.MarkLook;
import dev.porthole.icons.MarkPixels;
import java.awt.AWTException;
import java.awt.CheckboxMenuItem;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseMotionAdapter;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tray of Windows and macOS. Threads: calls from any; all of it happens on AWT's event thread. */
final class AwtTray implements Tray, Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(AwtTray.class);

    private final TrayListener listener;
    private final String title;
    private final Consumer<Notice.Subject> clicked;
    // Belong to AWT's thread.
    private @Nullable TrayIcon icon;
    private @Nullable TrayState told;
    private Notice.@Nullable Subject lastTold;

    /** @param clicked hears which notification was clicked, on AWT's thread */
    AwtTray(TrayListener listener, String title, Consumer<Notice.Subject> clicked) {
        this.listener = listener;
        this.title = title;
        this.clicked = clicked;
    }

    @Override
    public void show(TrayState state) {
        EventQueue.invokeLater(() -> {
            try {
                put(state);
            } catch (AWTException | UnsupportedOperationException none) {
                LOG.info("No tray: {}", none.getMessage());
                listener.shown(false);
            }
        });
    }

    @Override
    public void close() {
        EventQueue.invokeLater(() -> {
            if (icon != null) {
                SystemTray.getSystemTray().remove(icon);
                icon = null;
            }
        });
    }

    private void put(TrayState state) throws AWTException {
        if (!SystemTray.isSupported()) {
            listener.shown(false);
            return;
        }
        TrayIcon shown = icon;
        if (shown == null) {
            shown = new TrayIcon(picture(state.look()), title);
            // Twice on Windows, once on macOS: the system's own way.
            shown.addActionListener(event -> clicked());
            // AWT does not tell that a menu opens: the pointer over the icon comes before, and a menu that shows must
            // not be replaced.
            shown.addMouseMotionListener(new MouseMotionAdapter() {
                @Override
                public void mouseMoved(MouseEvent event) {
                    listener.opened();
                }
            });
            shown.addMouseListener(new MouseAdapter() {
                @Override
                public void mousePressed(MouseEvent event) {
                    listener.closed();
                }
            });
            SystemTray.getSystemTray().add(shown);
            icon = shown;
            listener.shown(true);
        } else if (told == null || told.look() != state.look()) {
            shown.setImage(picture(state.look()));
        }
        if (told == null || !told.menu().equals(state.menu())) {
            shown.setPopupMenu(menu(state));
        }
        shown.setToolTip(title + "\n" + state.hint());
        told = state;
    }

    @Override
    public void tell(Notice notice) {
        EventQueue.invokeLater(() -> {
            if (icon != null) {
                lastTold = notice.about();
                boolean trouble = notice.kind() == NoticeKind.LOST || notice.kind() == NoticeKind.SIGN_IN;
                icon.displayMessage(
                        notice.title(),
                        notice.text(),
                        trouble ? TrayIcon.MessageType.WARNING : TrayIcon.MessageType.NONE);
            }
        });
    }

    /** AWT tells a click on the last notification and one on the icon alike. */
    private void clicked() {
        Notice.Subject about = lastTold;
        lastTold = null;
        if (about == null) {
            listener.chosen(new TrayCommand.Open());
        } else {
            clicked.accept(about);
        }
    }

    private static BufferedImage picture(MarkLook look) {
        Dimension size = SystemTray.getSystemTray().getTrayIconSize();
        int side = Math.min(size.width, size.height);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, side, side, MarkPixels.argbOnPanel(side, look), 0, side);
        return image;
    }

    private PopupMenu menu(TrayState state) {
        PopupMenu menu = new PopupMenu();
        state.menu().forEach(entry -> add(menu, entry));
        return menu;
    }

    private void add(Menu menu, TrayEntry entry) {
        switch (entry) {
            case TrayEntry.Separator _ -> menu.addSeparator();
            case TrayEntry.Words(String words) -> {
                MenuItem item = new MenuItem(words);
                item.setEnabled(false);
                menu.add(item);
            }
            case TrayEntry.Item(String words, TrayCommand command) -> {
                MenuItem item = new MenuItem(words);
                item.addActionListener(event -> listener.chosen(command));
                menu.add(item);
            }
            case TrayEntry.Choice(String words, boolean chosen, TrayCommand command) -> {
                CheckboxMenuItem item = new CheckboxMenuItem(words, chosen);
                item.addItemListener(event -> listener.chosen(command));
                menu.add(item);
            }
            case TrayEntry.Submenu(String _, String words, List<TrayEntry> entries) -> {
                Menu inner = new Menu(words);
                entries.forEach(below -> add(inner, below));
                menu.add(inner);
            }
        }
    }
}
