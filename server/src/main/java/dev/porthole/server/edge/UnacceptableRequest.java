package dev.porthole.server.edge;

/** A request that the edge answers itself and forwards to nobody; its connection closes. */
final class UnacceptableRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    UnacceptableRequest(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    static UnacceptableRequest malformed(String what) {
        return new UnacceptableRequest(400, "The request is malformed: " + what + ".");
    }

    static UnacceptableRequest targetTooLong(int limit) {
        return new UnacceptableRequest(414, "The request's target is too long (at most " + limit + " bytes).");
    }

    static UnacceptableRequest headTooLarge(String limit) {
        return new UnacceptableRequest(431, "The request's header is too large (at most " + limit + ").");
    }

    /** Whether it is only too much of something, and nothing is wrong with it otherwise. */
    boolean isLimit() {
        return status == 414 || status == 431;
    }

    /** The status code of the answer. */
    int status() {
        return status;
    }
}
