package dev.porthole.desktop.tunnels;

import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ListCell;
import org.jspecify.annotations.Nullable;

/** A place in the list that shows a tunnel's row. There are as many as fit into the window, not as tunnels. */
final class TunnelCell extends ListCell<TunnelItem> {
    private static final PseudoClass FIRST = PseudoClass.getPseudoClass("first");
    private static final PseudoClass LAST = PseudoClass.getPseudoClass("last");

    private final Function<TunnelItem, TunnelRow> rows;

    TunnelCell(Function<TunnelItem, TunnelRow> rows) {
        this.rows = rows;
        getStyleClass().add("tunnel-cell");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        // As wide as the list, never wider.
        setPrefWidth(0);
    }

    /** As high as its row at this width; the theme's cells are all of one height. */
    @Override
    protected double computePrefHeight(double width) {
        return getGraphic() instanceof TunnelRow row ? row.prefHeight(width) : super.computePrefHeight(width);
    }

    @Override
    protected void updateItem(@Nullable TunnelItem item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
        } else {
            if (!(getGraphic() instanceof TunnelRow row && row.isOf(item))) {
                setGraphic(rows.apply(item));
            }
            setAccessibleText(item.label() + ", " + item.word());
        }
        pseudoClassStateChanged(FIRST, !empty && getIndex() == 0);
        pseudoClassStateChanged(
                LAST, !empty && getIndex() == getListView().getItems().size() - 1);
    }
}
