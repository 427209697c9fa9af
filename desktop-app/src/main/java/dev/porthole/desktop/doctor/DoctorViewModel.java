package dev.porthole.desktop.doctor;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Finding;
import dev.porthole.core.doctor.Remedy;
import dev.porthole.core.doctor.Verdict;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/** The doctor's visit: findings as they come, what mends them, and the bundle. Belongs to the FX thread. */
public final class DoctorViewModel {
    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final SignInAgain signInAgain;
    private final InstantSource clock;
    private final Path folder;
    private final ObservableMap<Check, Finding> findings = FXCollections.observableHashMap();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<Path>> saved = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Tasks.@Nullable Running visit;
    private int visits;

    /** @param folder where bundles are saved */
    public DoctorViewModel(
            Porthole porthole,
            Tasks tasks,
            Outside outside,
            SignInAgain signInAgain,
            InstantSource clock,
            Path folder) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.signInAgain = signInAgain;
        this.clock = clock;
        this.folder = folder;
    }

    /** What has been found in this visit, or the last. */
    ObservableMap<Check, Finding> findings() {
        return findings;
    }

    /** Whether the doctor is looking. */
    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Whether there has been a visit, or one is under way. */
    ReadOnlyBooleanProperty lookedProperty() {
        return looked.getReadOnlyProperty();
    }

    /** Why a visit or a bundle came to nothing; empty when nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The bundle that was saved. */
    ReadOnlyObjectProperty<Optional<Path>> savedProperty() {
        return saved.getReadOnlyProperty();
    }

    /** Looks at everything, anew. */
    void examine() {
        cancel();
        findings.clear();
        problem.set("");
        saved.set(Optional.empty());
        running.set(true);
        looked.set(true);
        int number = ++visits;
        visit = tasks.create(() ->
                        porthole.doctor().examine(finding -> tasks.screen().execute(() -> found(number, finding))))
                .onSuccess(all -> all.forEach(finding -> found(number, finding)))
                .onError(Kind.CANCELLED, calledOff -> {})
                .onError(this::failed)
                .andFinally(() -> ended(number))
                .start();
    }

    /** Calls the visit off; what was found stays. */
    void cancel() {
        if (visit != null) {
            visit.cancel();
            visit = null;
        }
    }

    /** How many checks went so; for the line above them. */
    long count(Verdict verdict) {
        return findings.values().stream()
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }

    /** Does what Porthole can do about a finding; what leads to another screen is the view's. */
    void mend(Remedy remedy) {
        switch (remedy) {
            case AGAIN -> examine();
            case SIGN_IN -> signInAgain.then(this::examine);
            case OPEN_SERVER -> server().ifPresent(this::open);
            case SHOW_TUNNELS, NONE -> {}
        }
    }

    /** Saves the bundle where people find it; a second one of a day takes the first one's place. */
    void export() {
        problem.set("");
        List<Finding> all = List.copyOf(findings.values());
        Path file = folder.resolve(
                "porthole-diagnostics-" + LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()) + ".zip");
        tasks.create(() -> write(file, all))
                .onSuccess(done -> saved.set(Optional.of(file)))
                .onError(this::failed)
                .start();
    }

    /** Puts the bundle's path on the clipboard. */
    void copyPath(Path file) {
        outside.copy(file.toString());
    }

    private void write(Path file, List<Finding> all) throws PortholeException {
        try {
            porthole.doctor().export(file, all);
        } catch (IOException full) {
            throw new PortholeException(
                    Kind.FAILED,
                    Texts.text("doctor.bundle.failed", file.toString(), String.valueOf(full.getMessage())),
                    full);
        }
    }

    private void open(URI server) {
        tasks.create(() -> outside.open(server))
                .onSuccess(opened -> problem.set(opened ? "" : Texts.text("action.open.failed")))
                .start();
    }

    private Optional<URI> server() {
        return switch (porthole.signIn().get()) {
            case SignIn.SignedIn in -> Optional.of(in.server());
            case SignIn.Expired expired -> Optional.of(expired.server());
            case SignIn.SigningIn signingIn -> Optional.of(signingIn.server());
            case SignIn.SignedOut _ -> Optional.empty();
        };
    }

    /** News of a visit that was called off comes too late. */
    private void found(int number, Finding finding) {
        if (number == visits) {
            findings.put(finding.check(), finding);
        }
    }

    private void ended(int number) {
        if (number == visits) {
            running.set(false);
        }
    }

    private void failed(PortholeException failure) {
        problem.set(PlainText.of(String.valueOf(failure.getMessage())));
    }

    /** Where a person looks for what a program has saved: their downloads, or their own folder. */
    public static Path usualFolder() {
        Path home = Path.of(System.getProperty("user.home", "."));
        Path downloads = home.resolve("Downloads");
        return Files.isDirectory(downloads) ? downloads : home;
    }
}
