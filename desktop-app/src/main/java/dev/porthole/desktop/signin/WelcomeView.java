package dev.porthole.desktop.signin;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.signin.SignInViewModel.Phase;
import dev.porthole.desktop.signin.SignInViewModel.Way;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.Mark;
import dev.porthole.desktop.ui.Visible;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The first screen that a person sees. */
public final class WelcomeView extends VBox {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final WelcomeViewModel model;
    private final Button start = Buttons.primary(text("welcome.embedded.start"), this::useThisComputer);
    private final Label embeddedNote = note("welcome-embedded-note");
    private final TextField server = new TextField();
    private final Button connect = Buttons.plain(text("welcome.server.continue"), this::connect);
    private final Label serverNote = note("welcome-server-note");
    private final Label waiting = new Label();
    private final CopyButton copyLink =
            CopyButton.labelled(text("signin.copyLink"), text("signin.copyLink"), this::copyLink);
    private final Button cancel = Buttons.plain(text("signin.cancel"), this::cancel);
    private final HBox waitingRow = new HBox(copyLink, cancel);
    private final Button cancelStart = Buttons.plain(text("signin.cancel"), this::cancel);

    private boolean waited;

    /** The same for someone who is signed in and goes to another server, or comes as somebody else. */
    public WelcomeView(WelcomeViewModel model, Runnable back) {
        this(model);
        Button returning = Buttons.plain(text("welcome.back"), back);
        returning.setId("welcome-back");
        getChildren().add(returning);
        VBox.setMargin(returning, new Insets(16, 0, 0, 0));
    }

    public WelcomeView(WelcomeViewModel model) {
        this.model = model;
        getStyleClass().add("welcome");
        Label title = new Label(text("welcome.title"));
        title.getStyleClass().add("welcome-title");
        Label subtitle = new Label(text("welcome.subtitle"));
        subtitle.getStyleClass().addAll("muted", "welcome-subtitle");
        VBox card = new VBox(embeddedPart(), serverPart());
        card.getStyleClass().addAll("card", "welcome-card");
        Label foot = new Label(text("welcome.foot"));
        foot.getStyleClass().addAll("muted", "small");
        getChildren().addAll(new Mark(68), title, subtitle, card, foot);

        server.textProperty().bindBidirectional(model.serverProperty());
        model.serverProblemProperty().subscribe(this::render);
        model.phaseProperty().subscribe(this::render);
        render();
    }

    private HBox embeddedPart() {
        Label name = new Label(text("welcome.embedded.title"));
        name.getStyleClass().add("strong");
        Label what = new Label(text("welcome.embedded.text"));
        what.getStyleClass().add("muted");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(name, what, embeddedNote);
        words.getStyleClass().add("lines");
        HBox.setHgrow(words, Priority.ALWAYS);
        start.setId("welcome-start");
        start.setAccessibleText(text("welcome.embedded.title"));
        HBox part = new HBox(words, cancelStart, start);
        part.getStyleClass().add("welcome-part");
        return part;
    }

    private VBox serverPart() {
        Label name = new Label(text("welcome.server.title"));
        name.getStyleClass().add("strong");
        Label what = new Label(text("welcome.server.text"));
        what.getStyleClass().add("muted");
        server.setId("welcome-server");
        server.setPromptText("tunnels.example.com");
        server.setAccessibleText(text("welcome.server.field"));
        server.setOnAction(event -> connect());
        HBox.setHgrow(server, Priority.ALWAYS);
        connect.setId("welcome-continue");
        waiting.setWrapText(true);
        waitingRow.getStyleClass().add("buttons");
        HBox row = new HBox(server, connect);
        row.getStyleClass().add("buttons");
        VBox part = new VBox(name, what, row, serverNote, waiting, waitingRow);
        part.getStyleClass().addAll("welcome-part", "lines");
        VBox.setMargin(row, new Insets(8, 0, 0, 0));
        return part;
    }

    private void render() {
        Phase phase = model.phaseProperty().get();
        boolean busy = phase instanceof Phase.Starting || phase instanceof Phase.Waiting;
        start.setDisable(busy);
        start.setText(text(phase instanceof Phase.Starting ? "welcome.embedded.starting" : "welcome.embedded.start"));
        server.setDisable(busy);
        connect.setDisable(busy);
        String serverProblem = model.serverProblemProperty().get();
        String embeddedProblem = "";
        if (phase instanceof Phase.Failed(Way way, String message)) {
            switch (way) {
                case THIS_COMPUTER -> embeddedProblem = message;
                case BROWSER -> serverProblem = serverProblem.isEmpty() ? message : serverProblem;
            }
        }
        say(embeddedNote, embeddedProblem);
        say(serverNote, serverProblem);
        server.pseudoClassStateChanged(INVALID, !serverProblem.isEmpty());
        boolean inBrowser = phase instanceof Phase.Waiting;
        waiting.setText(phase instanceof Phase.Waiting now ? words(now) : "");
        Visible.set(waiting, inBrowser);
        Visible.set(waitingRow, inBrowser);
        Visible.set(cancelStart, phase instanceof Phase.Starting);
        copyLink.setDisable(!(phase instanceof Phase.Waiting now && now.link() != null));
        switch (phase) {
            case Phase.Starting _ -> cancelStart.requestFocus();
            case Phase.Waiting _ -> cancel.requestFocus();
            case Phase.Failed(Way way, String _) when waited -> (way == Way.BROWSER ? server : start).requestFocus();
            case Phase.Failed _, Phase.Ready _ -> {}
        }
        waited = busy;
    }

    /** What a person is to do now. */
    static String words(Phase.Waiting now) {
        return text(now.opened() ? "signin.waiting" : "signin.noBrowser");
    }

    private static void say(Label note, String words) {
        note.setText(words);
        Visible.set(note, !words.isEmpty());
    }

    private static Label note(String id) {
        Label note = new Label();
        note.setId(id);
        note.getStyleClass().addAll("problem", "small");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        return note;
    }

    private void useThisComputer() {
        model.useThisComputer();
    }

    private void connect() {
        model.connect();
    }

    private void cancel() {
        model.cancel();
    }

    private void copyLink() {
        model.copyLink();
    }
}
