package dev.porthole.desktop.ui;

import java.util.function.Function;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** How the choices of a list are called. For lists that one picks from and does not type into. */
public final class ShownAs<T> extends StringConverter<T> {
    private final Function<? super T, String> words;

    /** @param words of a choice */
    public ShownAs(Function<? super T, String> words) {
        this.words = words;
    }

    @Override
    // A list shows nothing, called null, before there is a choice.
    public String toString(@Nullable T choice) {
        return choice == null ? "" : words.apply(choice);
    }

    @Override
    public T fromString(String typed) {
        throw new UnsupportedOperationException("typed: " + typed + " (expected: a choice of the list)");
    }
}
