package dev.porthole.desktop.palette;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Visible;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * One field over the window, and below it what fits: arrows choose, Enter does it, Esc leaves. The focus stays in the
 * field and goes back to where it was.
 */
public final class PaletteView extends StackPane {
    private static final double ROW_HEIGHT = 40;
    private static final int ROWS = 8;

    private final PaletteViewModel model;
    private final TextField field = new TextField();
    private final ListView<PaletteCommand> list = new ListView<>();
    private @Nullable Node before;

    public PaletteView(PaletteViewModel model) {
        this.model = model;
        setId("palette");
        getStyleClass().add("palette-veil");
        field.setId("palette-field");
        field.getStyleClass().add("palette-field");
        field.setPromptText(text("palette.prompt"));
        field.setAccessibleText(text("palette.field"));
        field.textProperty().bindBidirectional(model.typedProperty());
        list.setId("palette-list");
        list.setItems(model.found());
        list.setAccessibleText(text("palette.list"));
        list.getStyleClass().add("palette-list");
        list.setFixedCellSize(ROW_HEIGHT);
        list.setFocusTraversable(false);
        list.setCellFactory(any -> new Row());
        list.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> ROW_HEIGHT * Math.min(ROWS, model.found().size()) + 2, model.found()));
        Label nothing = new Label(text("palette.nothing"));
        nothing.getStyleClass().addAll("muted", "palette-nothing");
        VBox card = new VBox(
                field,
                Visible.when(Bindings.isNotEmpty(model.found()), list),
                Visible.when(Bindings.isEmpty(model.found()), nothing));
        card.getStyleClass().add("palette");
        card.setMaxHeight(Region.USE_PREF_SIZE);
        card.setOnMouseClicked(click -> click.consume());
        getChildren().add(card);
        setOnMouseClicked(click -> model.close());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        model.found().addListener((javafx.collections.ListChangeListener<PaletteCommand>)
                change -> list.getSelectionModel().selectFirst());
        Visible.when(model.openProperty(), this);
        model.openProperty().subscribe(this::opened);
    }

    private void opened(boolean open) {
        if (open) {
            before = getScene() == null ? null : getScene().getFocusOwner();
            field.requestFocus();
            field.end();
            list.getSelectionModel().selectFirst();
        } else if (before != null) {
            before.requestFocus();
            before = null;
        }
    }

    private void pressed(KeyEvent key) {
        switch (key.getCode()) {
            case ESCAPE -> model.close();
            case DOWN -> choose(1);
            case UP -> choose(-1);
            case PAGE_DOWN -> choose(ROWS);
            case PAGE_UP -> choose(-ROWS);
            case ENTER -> {
                PaletteCommand chosen = list.getSelectionModel().getSelectedItem();
                if (chosen != null) {
                    model.run(chosen);
                }
            }
            // There is nowhere to go: the window below waits.
            case TAB -> choose(key.isShiftDown() ? -1 : 1);
            default -> {
                return;
            }
        }
        key.consume();
    }

    private void choose(int further) {
        int size = list.getItems().size();
        if (size == 0) {
            return;
        }
        int now = list.getSelectionModel().getSelectedIndex();
        int next = Math.abs(further) == 1 ? Math.floorMod(now + further, size) : Math.clamp(now + further, 0, size - 1);
        list.getSelectionModel().select(next);
        list.scrollTo(Math.max(0, next - ROWS + 2));
        // The focus is in the field: what is chosen is said with it.
        field.setAccessibleHelp(list.getItems().get(next).words());
    }

    private final class Row extends ListCell<PaletteCommand> {
        private final FontIcon icon = new FontIcon();
        private final Label words = new Label();
        private final Label hint = new Label();
        private final HBox line = new HBox(icon, words, hint);

        Row() {
            getStyleClass().add("palette-row");
            line.getStyleClass().add("palette-line");
            words.setMinWidth(60);
            hint.getStyleClass().addAll("muted", "small");
            hint.setMinWidth(0);
            hint.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(hint, Priority.ALWAYS);
            setPrefWidth(0);
            setOnMouseClicked(click -> {
                if (click.getButton() == MouseButton.PRIMARY && getItem() != null) {
                    model.run(getItem());
                }
            });
        }

        @Override
        protected void updateItem(PaletteCommand command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            icon.setIconCode(command.icon());
            words.setText(command.words());
            hint.setText(command.hint());
            setAccessibleText(command.words() + ". " + command.hint());
            setGraphic(line);
        }
    }
}
