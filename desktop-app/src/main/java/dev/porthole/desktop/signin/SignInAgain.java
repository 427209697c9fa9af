package dev.porthole.desktop.signin;

/** Signs in again where the person is, and then goes on with what was interrupted. */
@FunctionalInterface
public interface SignInAgain {
    /** Runs {@code interrupted} after signing in worked; never, if it is given up. */
    void then(Runnable interrupted);
}
