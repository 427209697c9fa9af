package dev.porthole.core.agent;

import org.jspecify.annotations.Nullable;

/** The control plane said no, or nothing. The message is for people. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public ControlException(Reason reason) {
        this(reason, null);
    }

    public ControlException(Reason reason, @Nullable Throwable cause) {
        super(reason.text(), cause);
        this.reason = reason;
    }

    /** What the agent decides by. */
    public Reason reason() {
        return reason;
    }

    /** Why it went wrong. */
    public sealed interface Reason {
        /** For people. */
        String text();

        /** 401: the sign-in or the credential behind it is over. Never retried by itself. */
        record Unauthorized() implements Reason {
            @Override
            public String text() {
                return "The server no longer accepts this sign-in. Sign in again.";
            }
        }

        /** 404 or 410: the project or its connector is no more. Nothing to go on for. */
        record Gone() implements Reason {
            @Override
            public String text() {
                return "The project or its connector no longer exists.";
            }
        }

        /** Another answer that is no success. */
        record Refused(int status, String detail) implements Reason {
            @Override
            public String text() {
                return "The server answered " + status + (detail.isEmpty() ? "." : ": " + detail);
            }
        }

        /**
         * No answer.
         *
         * @param refused whether nobody listens there: the server is down or on its way up
         */
        record Unreachable(String detail, boolean refused) implements Reason {
            @Override
            public String text() {
                return "The server cannot be reached" + (detail.isEmpty() ? "." : ": " + detail);
            }
        }
    }
}
