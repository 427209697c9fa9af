package dev.porthole.core.doctor;

import java.time.Duration;
import java.util.List;

/**
 * What a check found.
 *
 * @param values what fills the words of {@code reason}, in its order; text from outside, to be shown as text
 * @param took how long it looked
 */
public record Finding(Check check, Reason reason, List<String> values, Duration took) {
    public Finding {
        values = List.copyOf(values);
    }

    /** How it went. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
