package dev.porthole.desktop.share;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.EmptyState;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Visible;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** "What do you want to share?", the programs that listen, and the share under way. */
public final class ShareView extends VBox {
    /** A folder hovers that would be shared if it were dropped. */
    private static final PseudoClass TAKES = PseudoClass.getPseudoClass("takes-drop");

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final ShareViewModel model;
    private final TextField field = new TextField();
    private final VBox rows = new VBox();
    private final Map<Integer, PortRow> rowsByPort = new HashMap<>();
    private final VBox card = new VBox();
    private boolean focusWhenShown;

    public ShareView(ShareViewModel model) {
        this.model = model;
        getStyleClass().add("screen");
        Label title = new Label(text("share.title"));
        title.getStyleClass().add("screen-title");
        rows.getStyleClass().add("rows");
        ScrollPane list = new ScrollPane(new VBox(rows, empty()));
        list.getStyleClass().add("card");
        list.setFitToWidth(true);
        list.setMinHeight(72);
        list.setFocusTraversable(false);
        getChildren()
                .addAll(
                        title,
                        bigField(),
                        inputNote(),
                        offer(),
                        new OwnUrlForm(model.ownUrl()),
                        listHeading(),
                        lookNote(),
                        list,
                        card);
        acceptFolders();

        model.ports().addListener((ListChangeListener<PortItem>) change -> renderRows());
        model.lookedProperty().subscribe(this::renderRows);
        renderRows();
        model.runProperty()
                .subscribe(run -> card.getChildren()
                        .setAll(run.<List<Node>>map(it -> List.of(new StagesCard(model, it)))
                                .orElse(List.of())));
        field.sceneProperty().subscribe(this::focusAsAsked);
        FxBindings.whileShown(this, model::follow);
        FxBindings.whileShownAndFocused(this, model::watchPorts);
    }

    /** Puts the cursor where one types what to share, now or as soon as the screen is on a window. */
    public void focusField() {
        if (field.getScene() == null) {
            focusWhenShown = true;
        } else {
            field.requestFocus();
        }
    }

    private void focusAsAsked() {
        if (focusWhenShown && field.getScene() != null) {
            focusWhenShown = false;
            // After the window has given the focus to its first control.
            Platform.runLater(field::requestFocus);
        }
    }

    private HBox bigField() {
        field.setId("share-field");
        field.getStyleClass().add("big-field");
        field.setPromptText(text("share.prompt"));
        field.setAccessibleText(text("share.field"));
        field.textProperty().bindBidirectional(model.inputProperty());
        field.setOnAction(event -> model.submit());
        model.inputProblemProperty().subscribe(problem -> field.pseudoClassStateChanged(INVALID, !problem.isEmpty()));
        HBox.setHgrow(field, Priority.ALWAYS);
        Button share = Buttons.primary(text("share.button"), model::submit);
        share.setId("share-submit");
        share.getStyleClass().add("big-button");
        share.setAccessibleText(text("share.submit"));
        HBox row = new HBox(field, share);
        row.getStyleClass().add("buttons");
        return row;
    }

    /** For whoever begins: Porthole is for what is not public yet. */
    private Hyperlink offer() {
        Hyperlink offer = new Hyperlink(text("share.own.offer"));
        offer.setId("share-own-offer");
        offer.setAccessibleText(text("share.own.offer"));
        offer.getStyleClass().add("small");
        offer.setOnAction(event -> {
            offer.setVisited(false);
            model.ownUrl().show();
        });
        return Visible.when(
                model.sharedNothingProperty().and(model.ownUrl().openProperty().not()), offer);
    }

    private void acceptFolders() {
        setOnDragOver(drag -> {
            if (folderIn(drag.getDragboard()).isPresent()) {
                drag.acceptTransferModes(TransferMode.LINK, TransferMode.COPY);
            }
            drag.consume();
        });
        setOnDragEntered(drag ->
                pseudoClassStateChanged(TAKES, folderIn(drag.getDragboard()).isPresent()));
        setOnDragExited(drag -> pseudoClassStateChanged(TAKES, false));
        setOnDragDropped(drag -> {
            Optional<File> folder = folderIn(drag.getDragboard());
            folder.ifPresent(it -> model.share(it.toPath()));
            drag.setDropCompleted(folder.isPresent());
            drag.consume();
        });
    }

    // One thing alone, and no file: those are not shared by themselves.
    private static Optional<File> folderIn(Dragboard dragged) {
        return dragged.hasFiles() && dragged.getFiles().size() == 1
                ? Optional.of(dragged.getFiles().getFirst()).filter(File::isDirectory)
                : Optional.empty();
    }

    private Label inputNote() {
        Label note = problemLabel();
        note.setId("share-problem");
        note.textProperty().bind(model.inputProblemProperty());
        return Visible.when(model.inputProblemProperty().isNotEmpty(), note);
    }

    private HBox listHeading() {
        Label heading = new Label(text("share.listening"));
        heading.getStyleClass().add("strong");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        Label order = new Label(text("share.newestFirst"));
        order.getStyleClass().add("muted");
        order.setMinWidth(0);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        CheckBox hide = new CheckBox(text("share.hideSystem"));
        hide.setId("share-hide-system");
        hide.setMnemonicParsing(true);
        hide.setMinWidth(Region.USE_PREF_SIZE);
        hide.setAccessibleText(text("share.hideSystem").replace("_", ""));
        hide.selectedProperty().bindBidirectional(model.hideSystemProperty());
        HBox row = new HBox(heading, order, space, hide);
        row.getStyleClass().addAll("words", "list-heading");
        return row;
    }

    private Label lookNote() {
        Label note = problemLabel();
        note.textProperty().bind(model.lookProblemProperty());
        return Visible.when(model.lookProblemProperty().isNotEmpty(), note);
    }

    private VBox empty() {
        Label looking = new Label(text("share.looking"));
        looking.getStyleClass().add("muted");
        EmptyState nothing = new EmptyState(Feather.RADIO, text("share.nothing"), text("share.nothing.text"));
        var noRows =
                Bindings.isEmpty(model.ports()).and(model.lookProblemProperty().isEmpty());
        return new VBox(
                Visible.when(noRows.and(model.lookedProperty().not()), looking),
                Visible.when(noRows.and(model.lookedProperty()), nothing));
    }

    private void renderRows() {
        rowsByPort.keySet().retainAll(model.ports().stream().map(PortItem::port).toList());
        List<PortRow> next = model.ports().stream().map(this::row).toList();
        if (!rows.getChildren().equals(next)) {
            rows.getChildren().setAll(next);
        }
        Visible.set(rows, !next.isEmpty());
    }

    private PortRow row(PortItem item) {
        PortRow row = rowsByPort.computeIfAbsent(item.port(), port -> new PortRow(item, model));
        row.show(item);
        return row;
    }

    private static Label problemLabel() {
        Label note = new Label();
        note.getStyleClass().addAll("problem", "small");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        return note;
    }
}
