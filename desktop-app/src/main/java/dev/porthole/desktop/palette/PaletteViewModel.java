package dev.porthole.desktop.palette;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What is typed, and what the app can do that fits it, the best first. Belongs to the FX thread. */
public final class PaletteViewModel {
    /** More than these nobody reads. */
    static final int MOST = 50;

    /** What the hint adds counts less than the words themselves. */
    private static final int WORDS_COUNT = 2;

    private final Function<String, List<PaletteCommand>> source;
    private final StringProperty typed = new SimpleStringProperty("");
    private final ObservableList<PaletteCommand> found = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();

    /** @param source everything that can be done now; what is typed may make more of it, such as "share 3000" */
    public PaletteViewModel(Function<String, List<PaletteCommand>> source) {
        this.source = source;
        typed.subscribe(this::search);
    }

    /** What is typed. */
    public StringProperty typedProperty() {
        return typed;
    }

    /** What fits it, the best first. */
    public ObservableList<PaletteCommand> found() {
        return found;
    }

    /** Whether it is shown. */
    public ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    /** Shows it, with nothing typed. */
    public void open() {
        openWith("");
    }

    /** Shows it, with something typed already. */
    public void openWith(String words) {
        open.set(true);
        typed.set(words);
        search();
    }

    /** Hides it. */
    public void close() {
        open.set(false);
    }

    /** Hides it and does that. */
    public void run(PaletteCommand command) {
        close();
        command.action().run();
    }

    private void search() {
        if (!open.get()) {
            return;
        }
        String words = typed.get();
        found.setAll(source.apply(words).stream()
                .flatMap(command -> fitting(words, command))
                .sorted(Comparator.comparingInt(Fit::score)
                        .reversed()
                        .thenComparingInt(fit -> fit.command().rank()))
                .limit(MOST)
                .map(Fit::command)
                .toList());
    }

    private record Fit(PaletteCommand command, int score) {}

    private static Stream<Fit> fitting(String words, PaletteCommand command) {
        OptionalInt own = Fuzzy.score(words, command.words());
        if (own.isPresent()) {
            return Stream.of(new Fit(command, WORDS_COUNT * own.getAsInt()));
        }
        OptionalInt withHint = Fuzzy.score(words, command.words() + " " + command.hint());
        return withHint.isPresent() ? Stream.of(new Fit(command, withHint.getAsInt())) : Stream.empty();
    }
}
