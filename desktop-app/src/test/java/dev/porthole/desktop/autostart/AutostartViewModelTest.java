package dev.porthole.desktop.autostart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.ManualTasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;

class AutostartViewModelTest {
    private final List<String> calls = new ArrayList<>();
    private final BooleanProperty hidden = new SimpleBooleanProperty(true);
    private boolean isOn;
    private boolean refuses;
    private final AutostartViewModel model = new AutostartViewModel(
            Optional.of(new Autostart() {
                @Override
                public boolean isOn() {
                    return isOn;
                }

                @Override
                public void turnOn(boolean isHidden) throws IOException {
                    change("on, hidden " + isHidden);
                }

                @Override
                public void turnOff() throws IOException {
                    change("off");
                }
            }),
            hidden,
            new ManualTasks().tasks());

    private void change(String call) throws IOException {
        if (refuses) {
            throw new IOException("read-only file system");
        }
        calls.add(call);
    }

    @Test
    void switchWritesAndRemovesAndLookingWritesNothing() {
        isOn = true;
        model.load();
        assertThat(model.startAtSignInProperty().get()).isTrue();
        assertThat(calls).isEmpty();

        model.startAtSignInProperty().set(false);
        model.startAtSignInProperty().set(true);

        assertThat(calls).containsExactly("off", "on, hidden true");
    }

    @Test
    void startingHiddenIsWrittenAgainOnlyWhileItStartsAtAll() {
        hidden.set(false);
        assertThat(calls).isEmpty();

        model.startAtSignInProperty().set(true);
        hidden.set(true);

        assertThat(calls).containsExactly("on, hidden false", "on, hidden true");
    }

    @Test
    void refusedChangeSaysWhyAndTheSwitchGoesBack() {
        refuses = true;
        model.startAtSignInProperty().set(true);

        assertThat(model.startAtSignInProperty().get()).isFalse();
        assertThat(model.problemProperty().get())
                .isEqualTo("Starting at sign-in could not be changed: read-only file system");
        refuses = false;
        model.startAtSignInProperty().set(true);
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(calls).containsExactly("on, hidden true");
    }
}
