package dev.porthole.core.doctor;

/** Whether this computer's clock agrees with the server's: tokens and certificates are good for a time. */
final class ClockExamination implements Examination {
    /** What tokens forgive. */
    private static final long FORGIVEN_SECONDS = 60;

    @Override
    public Answer look(Chart chart) throws InterruptedException {
        Long ahead = chart.serverSaid().secondsAhead();
        if (ahead == null) {
            return Answer.of(chart.serverSaid().answers() ? Reason.CLOCK_UNKNOWN : Reason.NEEDS_SERVER);
        }
        long apart = Math.abs(ahead);
        if (apart <= FORGIVEN_SECONDS) {
            return Answer.of(Reason.CLOCK_RIGHT, apart);
        }
        return Answer.of(ahead > 0 ? Reason.CLOCK_FAST : Reason.CLOCK_SLOW, apart);
    }
}
