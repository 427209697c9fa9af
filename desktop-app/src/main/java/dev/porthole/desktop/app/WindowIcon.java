package dev.porthole.desktop.app;

import dev.porthole.desktop.ui.Mark;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

/**
 * The mark as the window's icon, lit while something is shared. Drawn from its shapes, so no picture has to be kept.
 */
final class WindowIcon {
    private static final List<Integer> SIZES = List.of(16, 32, 48, 128);

    private WindowIcon() {}

    /** Follows {@code lit} from now on. */
    static void follow(Stage stage, ObservableValue<Boolean> lit, String stylesheet) {
        lit.subscribe(isLit -> stage.getIcons().setAll(draw(isLit, stylesheet)));
    }

    private static List<Image> draw(boolean lit, String stylesheet) {
        Stream<Image> sizes = SIZES.stream().map(size -> {
            Mark mark = new Mark(size);
            mark.setLit(lit);
            new Scene(mark, Color.TRANSPARENT).getStylesheets().add(stylesheet);
            SnapshotParameters transparent = new SnapshotParameters();
            transparent.setFill(Color.TRANSPARENT);
            return mark.snapshot(transparent, null);
        });
        return sizes.toList();
    }
}
