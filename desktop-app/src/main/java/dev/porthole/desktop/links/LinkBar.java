package dev.porthole.desktop.links;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.Tone;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** The question of a link, across the top of every screen. The keyboard's focus stays where it was. */
public final class LinkBar extends VBox {
    private final LinkViewModel model;

    public LinkBar(LinkViewModel model) {
        this.model = model;
        model.questionProperty().subscribe(this::show);
    }

    private void show(Optional<LinkViewModel.Question> question) {
        getChildren().clear();
        question.ifPresent(asked -> {
            Button share = Buttons.plain(text("link.share"), model::agree);
            share.setId("link-share");
            share.disableProperty().bind(model.readyProperty().not());
            Button not = Buttons.plain(text("link.notNow"), model::refuse);
            not.setId("link-not-now");
            NoticeBar bar = new NoticeBar(Tone.WAITING, asked.words(), not, share);
            bar.setId("link-question");
            getChildren().setAll(bar);
        });
    }
}
