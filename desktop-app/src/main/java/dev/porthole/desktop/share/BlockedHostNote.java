package dev.porthole.desktop.share;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.HostHeader;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Says that an app refuses the public name, and offers what helps; hidden while there is nothing to say. */
final class BlockedHostNote extends VBox {
    private final Label words = new Label();
    private final Button useLocalhost;
    private Optional<TunnelState> shown = Optional.empty();

    BlockedHostNote(ShareViewModel model) {
        setId("blocked-host");
        getStyleClass().add("lines");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.getStyleClass().addAll("small", "tunnel-note");
        Tone.WAITING.apply(words);
        useLocalhost = Buttons.plain(text("tunnel.useLocalhost"), () -> shown.ifPresent(model::useLocalhost));
        getChildren().addAll(words, useLocalhost);
        Visible.set(this, false);
    }

    void show(Optional<TunnelState> state) {
        shown = state;
        BlockedHost seen = state.map(TunnelState::blockedHost).orElse(null);
        if (seen != null) {
            boolean visitors = state.map(it -> it.tunnel().hostHeader()).orElseThrow() instanceof HostHeader.Visitor;
            words.setText(text(
                    visitors ? "tunnel.blockedHost" : "tunnel.blockedHost.setting",
                    PlainText.of(seen.app()),
                    PlainText.of(seen.setting())));
            Visible.set(useLocalhost, visitors);
        }
        Visible.set(this, seen != null);
    }
}
