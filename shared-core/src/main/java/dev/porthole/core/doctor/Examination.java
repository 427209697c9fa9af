package dev.porthole.core.doctor;

/** One check. Blocking, on a virtual thread of its own; an interrupt ends it. */
@FunctionalInterface
interface Examination {
    /**
     * Looks, and says what it saw. What it throws becomes a finding too: that the check is broken.
     *
     * @param chart what is known of this installation, and what other checks that it needs have found
     */
    Answer look(Chart chart) throws Exception;
}
