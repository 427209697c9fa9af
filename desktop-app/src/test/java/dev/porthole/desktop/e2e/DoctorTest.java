package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Finding;
import dev.porthole.core.doctor.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The doctor in front of a real server. */
class DoctorTest {
    // B-B13
    @Test
    void nothingIsWrongWithAServerThatIsFineAlsoBeforeAnythingIsShared() throws Exception {
        try (World world = World.start()) {
            List<Finding> findings = world.porthole().doctor().examine(finding -> {});

            assertThat(findings)
                    .filteredOn(finding -> finding.verdict() == Verdict.FAIL)
                    .isEmpty();
            assertThat(findings)
                    .filteredOn(finding -> finding.verdict() == Verdict.PASS)
                    .extracting(Finding::check)
                    .contains(Check.SERVER, Check.SESSION, Check.CLOCK);
        }
    }
}
