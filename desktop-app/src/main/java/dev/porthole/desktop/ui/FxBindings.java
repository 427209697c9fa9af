package dev.porthole.desktop.ui;

import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Brings the core's observable values to the FX thread, for as long as a view is shown. */
public final class FxBindings {
    private final Executor screen;

    public FxBindings(Executor screen) {
        this.screen = screen;
    }

    /**
     * Calls {@code onScreen} on the FX thread with the value now and with later ones. Values that come faster than the
     * screen takes them are skipped: the newest always arrives. After closing, no call comes.
     */
    public <T> Subscription follow(Observable<T> source, Consumer<? super T> onScreen) {
        Delivery<T> delivery = new Delivery<>(onScreen);
        Subscription upstream = source.subscribe(value -> {
            if (delivery.newest.getAndSet(new Delivery.Letter<>(value)) == null) {
                screen.execute(delivery::deliver);
            }
        });
        return () -> {
            delivery.closed = true;
            upstream.close();
        };
    }

    /** Several subscriptions as one. */
    public static Subscription all(Subscription... parts) {
        List<Subscription> all = new ArrayList<>(List.of(parts));
        return () -> all.forEach(Subscription::close);
    }

    /** Subscribes each time {@code view} comes on a showing window, and releases when it leaves or the window hides. */
    public static void whileShown(Node view, Supplier<Subscription> subscribe) {
        whileTrue(shown(view), subscribe);
    }

    /** Like {@link #whileShown}, but also only while the view's window has the focus. */
    public static void whileShownAndFocused(Node view, Supplier<Subscription> subscribe) {
        ObservableValue<Boolean> focused = view.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(Window::focusedProperty)
                .orElse(false);
        whileTrue(focused, subscribe);
    }

    private static ObservableValue<Boolean> shown(Node view) {
        return view.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(Window::showingProperty)
                .orElse(false);
    }

    private static void whileTrue(ObservableValue<Boolean> condition, Supplier<Subscription> subscribe) {
        AtomicReference<@Nullable Subscription> current = new AtomicReference<>();
        condition.subscribe(holds -> {
            Subscription before = current.getAndSet(null);
            if (before != null) {
                before.close();
            }
            if (holds) {
                current.set(subscribe.get());
            }
        });
    }

    private static final class Delivery<T> {
        private final AtomicReference<@Nullable Letter<T>> newest = new AtomicReference<>();
        private final Consumer<? super T> onScreen;
        private volatile boolean closed;

        Delivery(Consumer<? super T> onScreen) {
            this.onScreen = onScreen;
        }

        void deliver() {
            Letter<T> letter = newest.getAndSet(null);
            if (letter != null && !closed) {
                onScreen.accept(letter.value());
            }
        }

        private record Letter<T>(T value) {}
    }
}
