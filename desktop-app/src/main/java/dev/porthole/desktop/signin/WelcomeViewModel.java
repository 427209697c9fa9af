package dev.porthole.desktop.signin;

import dev.porthole.desktop.signin.SignInViewModel.Phase;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** First run: use this computer, or connect to a server. What was typed stays, whatever happens. */
public final class WelcomeViewModel {
    private final SignInViewModel signIn;
    private Runnable signedIn = () -> {};
    private final StringProperty server = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper serverProblem = new ReadOnlyStringWrapper("");

    public WelcomeViewModel(SignInViewModel signIn) {
        this.signIn = signIn;
        // While typing, an empty field is no mistake yet.
        server.subscribe(typed -> serverProblem.set(
                typed.isBlank() ? "" : ServerAddress.problemWith(typed).orElse("")));
    }

    /** What happens once a sign-in has worked. */
    public void whenSignedIn(Runnable then) {
        signedIn = then;
    }

    /** What is in the address field. */
    public StringProperty serverProperty() {
        return server;
    }

    /** What is wrong with it; empty when nothing is. */
    public ReadOnlyStringProperty serverProblemProperty() {
        return serverProblem.getReadOnlyProperty();
    }

    /** How far the sign-in is. */
    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return signIn.phaseProperty();
    }

    /** The first button. */
    public void useThisComputer() {
        signIn.useThisComputer(signedIn);
    }

    /** The second button, or Enter in the field. */
    public void connect() {
        serverProblem.set(ServerAddress.problemWith(server.get()).orElse(""));
        if (serverProblem.get().isEmpty()) {
            signIn.withBrowser(server.get().strip(), signedIn);
        }
    }

    /** Gives up waiting. */
    public void cancel() {
        signIn.cancel();
    }

    /** Copies the sign-in page's address. */
    public void copyLink() {
        signIn.copyLink();
    }
}
