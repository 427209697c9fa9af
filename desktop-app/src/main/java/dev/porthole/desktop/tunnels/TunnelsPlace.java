package dev.porthole.desktop.tunnels;

import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.FxBindings;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The Tunnels screen: the list of all, or the page of one. */
public final class TunnelsPlace extends StackPane {
    private final TunnelsViewModel model;
    private final TunnelDoors doors;
    private final TunnelsView list;
    private @Nullable TunnelPage page;

    /** @param opened the id of the tunnel whose page is open */
    public TunnelsPlace(TunnelsViewModel model, TunnelDoors doors, ObservableValue<Optional<String>> opened) {
        this.model = model;
        this.list = new TunnelsView(model, new ToSettings(doors));
        this.doors = doors;
        ObservableValue<TunnelItem> item =
                opened.flatMap(id -> id.map(model::item).orElseGet(SimpleObjectProperty::new));
        FxBindings.whileShown(this, () -> {
            Subscription following = model.follow();
            javafx.util.Subscription showing = item.subscribe(this::show);
            return () -> {
                showing.unsubscribe();
                following.close();
            };
        });
        getChildren().setAll(list);
    }

    /** Hands the keyboard's focus to the page, if one is open; says whether. */
    public boolean focusPage() {
        if (page != null) {
            page.focusFirst();
        }
        return page != null;
    }

    private void show(@Nullable TunnelItem item) {
        if (item == null) {
            page = null;
            getChildren().setAll(list);
        } else if (page == null || !page.isOf(item)) {
            TunnelPage opened = new TunnelPage(item, model, doors);
            page = opened;
            getChildren().setAll(opened);
            opened.focusFirst();
        }
    }

    /** From the list, the settings are a page with its last part open. */
    private final class ToSettings implements TunnelDoors {
        private final TunnelDoors doors;

        ToSettings(TunnelDoors doors) {
            this.doors = doors;
        }

        @Override
        public void page(String tunnelId) {
            doors.page(tunnelId);
        }

        @Override
        public void settings(String tunnelId) {
            doors.page(tunnelId);
            if (page != null) {
                page.openSettings();
            }
        }

        @Override
        public void list() {
            doors.list();
        }

        @Override
        public void share() {
            doors.share();
        }
    }
}
