package dev.porthole.desktop.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

class PaletteViewModelTest {
    private final List<String> done = new ArrayList<>();
    private final List<PaletteCommand> commands = new ArrayList<>();
    private final PaletteViewModel model = new PaletteViewModel(typed -> commands);

    private void can(String words, String hint) {
        commands.add(new PaletteCommand(Feather.DISC, words, hint, commands.size(), () -> done.add(words)));
    }

    private List<String> found() {
        return model.found().stream().map(PaletteCommand::words).toList();
    }

    @Test
    void showsAllInTheirOrderBeforeAnythingIsTyped() {
        can("Go to Share", "");
        can("Stop docs", "");

        model.open();

        assertThat(found()).containsExactly("Go to Share", "Stop docs");
    }

    @Test
    void bestFitIsFirstAndHintsAreLookedInToo() {
        can("Go to Tunnels", "Ctrl+2");
        can("Switch to web-shop", "Acme");
        can("Stop shop", "https://shop.acme.dev");
        model.open();

        model.typedProperty().set("shop");
        assertThat(found()).first().isEqualTo("Stop shop");
        model.typedProperty().set("switch acme");
        assertThat(found()).containsExactly("Switch to web-shop");
        model.typedProperty().set("qqq");
        assertThat(found()).isEmpty();
    }

    @Test
    void runningClosesItFirstAndTheNextTimeBeginsEmpty() {
        can("Stop docs", "");
        model.open();
        model.typedProperty().set("stop");

        model.run(model.found().getFirst());

        assertThat(done).containsExactly("Stop docs");
        assertThat(model.openProperty().get()).isFalse();
        model.open();
        assertThat(model.typedProperty().get()).isEmpty();
    }

    @Test
    void whatCanBeDoneIsAskedForWhenItOpensAndNotBefore() {
        model.typedProperty().set("x");
        assertThat(model.found()).isEmpty();

        IntStream.range(0, 300).forEach(at -> can("Stop tunnel " + at, ""));
        model.open();

        assertThat(model.found()).hasSize(PaletteViewModel.MOST);
    }
}
