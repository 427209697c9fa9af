package dev.porthole.desktop.links;

import dev.porthole.core.Porthole;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.share.PortName;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The question that a link asks. At most one is open: the newest. Belongs to the FX thread. */
public final class LinkViewModel {
    /** A page chooses when its link opens, perhaps under a click that was meant for something else. */
    private static final Duration BEFORE_YES = Duration.ofSeconds(1);

    private final Porthole porthole;
    private final Tasks tasks;
    private final Consumer<ListeningPort> share;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Question>> question = new ReadOnlyObjectWrapper<>(Optional.empty());

    private Subscription waiting = () -> {};

    /** @param share shares a port, after a person has clicked */
    public LinkViewModel(Porthole porthole, Tasks tasks, Consumer<ListeningPort> share) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.share = share;
    }

    /**
     * What is asked.
     *
     * @param program what listens there now; empty if nothing does or nobody has looked yet
     */
    record Question(int port, Optional<ListeningPort> program, boolean looked) {
        /** In words. */
        String words() {
            String number = String.valueOf(port);
            if (!looked) {
                return Texts.text("link.asks", number);
            }
            return program.map(it -> Texts.text("link.asks.program", number, PortName.of(it)))
                    .orElseGet(() -> Texts.text("link.asks.nothing", number));
        }
    }

    ReadOnlyObjectProperty<Optional<Question>> questionProperty() {
        return question.getReadOnlyProperty();
    }

    /** Whether a yes counts: not in the first second. */
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /** A link was opened: asks, and shares nothing. */
    public void asked(DeepLink link) {
        ready.set(false);
        waiting.close();
        waiting = tasks.after(BEFORE_YES, () -> ready.set(true));
        question.set(Optional.of(new Question(link.port(), Optional.empty(), false)));
        tasks.create(porthole::listeningPorts)
                .onSuccess(found -> looked(link.port(), found))
                .onError(failure -> {})
                .start();
    }

    /** A person says yes. */
    void agree() {
        if (!ready.get()) {
            return;
        }
        Optional<Question> asked = question.get();
        question.set(Optional.empty());
        asked.ifPresent(it -> share.accept(it.program().orElseGet(() -> unknown(it.port()))));
    }

    /** A person says no. */
    void refuse() {
        question.set(Optional.empty());
    }

    private void looked(int port, List<ListeningPort> found) {
        // Another link may have come meanwhile.
        if (question.get().filter(it -> it.port() == port).isPresent()) {
            question.set(Optional.of(new Question(
                    port, found.stream().filter(it -> it.port() == port).findFirst(), true)));
        }
    }

    private static ListeningPort unknown(int port) {
        return new ListeningPort(port, 0, "", "", null, null, null, false);
    }
}
