package dev.porthole.desktop.ui;

import java.util.List;
import java.util.function.IntConsumer;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** A row of words of which one is chosen; the arrow keys go from one to the next. */
public final class Tabs extends HBox {
    private final List<ToggleButton> entries;

    /** {@code chosen} hears of each choice, by its index. The first is chosen in the beginning. */
    public Tabs(List<String> names, IntConsumer chosen) {
        getStyleClass().add("tabs");
        setAccessibleRole(AccessibleRole.TAB_PANE);
        ToggleGroup group = new ToggleGroup();
        entries = names.stream().map(name -> entry(name, group)).toList();
        getChildren().addAll(entries);
        group.selectedToggleProperty().subscribe(toggle -> {
            if (toggle instanceof ToggleButton entry) {
                chosen.accept(entries.indexOf(entry));
            }
        });
        choose(0);
    }

    /** Goes there. */
    public void choose(int index) {
        entries.get(index).setSelected(true);
    }

    private ToggleButton entry(String name, ToggleGroup group) {
        ToggleButton entry = new ToggleButton(name);
        entry.getStyleClass().setAll("tab-entry");
        entry.setMinWidth(Region.USE_PREF_SIZE);
        entry.setAccessibleRole(AccessibleRole.TAB_ITEM);
        entry.setAccessibleText(name);
        entry.setToggleGroup(group);
        // A second click on the chosen one must not unchoose it.
        entry.setOnAction(event -> entry.setSelected(true));
        entry.setOnKeyPressed(key -> {
            int step = key.getCode() == KeyCode.RIGHT ? 1 : key.getCode() == KeyCode.LEFT ? -1 : 0;
            if (step != 0) {
                ToggleButton next = entries.get(Math.floorMod(entries.indexOf(entry) + step, entries.size()));
                next.setSelected(true);
                next.requestFocus();
                key.consume();
            }
        });
        return entry;
    }
}
