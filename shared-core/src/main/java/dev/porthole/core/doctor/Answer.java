package dev.porthole.core.doctor;

import java.util.Arrays;
import java.util.List;

/** What one examination says, before anybody looked at the watch. */
record Answer(Reason reason, List<String> values) {
    static Answer of(Reason reason, Object... values) {
        return new Answer(reason, Arrays.stream(values).map(String::valueOf).toList());
    }
}
