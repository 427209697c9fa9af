package dev.porthole.server.store;

/**
 * The database can't do it now, through no fault of whoever asked. Nothing was changed, or, if the connection broke
 * during a commit, nobody knows; trying again is right. The store works again by itself once the reason is gone.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the database. */
    public enum Reason {
        /** It does not answer, or is too busy. */
        AWAY,
        /** There is no room to write; reading goes on. */
        FULL
    }

    private final Reason reason;

    public StoreUnavailableException(Reason reason, Throwable cause) {
        super(
                switch (reason) {
                    case AWAY -> "the database does not answer";
                    case FULL -> "the database's disk is full";
                },
                cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
