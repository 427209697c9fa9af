package dev.porthole.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Link;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.config.PortholeHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelDoctorTest {
    private static final Patient SIGNED_IN =
            new Patient(ServerAddress.parse("tunnels.acme.dev"), List.of(), new Link.Idle(), true);

    @TempDir
    Path folder;

    private final Map<Check, Examination> examinations = new EnumMap<>(Check.class);

    @Test
    void findingsAreToldAsTheyComeAndReturnedInOrder() throws Exception {
        CountDownLatch laterOneToldFirst = new CountDownLatch(1);
        BlockingQueue<Check> told = new LinkedBlockingQueue<>();
        examinations.put(Check.NAME, chart -> {
            laterOneToldFirst.await();
            return Answer.of(Reason.NAME_FOUND, "tunnels.acme.dev", "203.0.113.7");
        });
        examinations.put(Check.KEYCHAIN, chart -> Answer.of(Reason.KEYCHAIN_WORKS));

        List<Finding> findings = doctor(SIGNED_IN).examine(finding -> {
            told.add(finding.check());
            laterOneToldFirst.countDown();
        });

        assertThat(told).containsExactly(Check.KEYCHAIN, Check.NAME);
        assertThat(findings).extracting(Finding::check).containsExactly(Check.NAME, Check.KEYCHAIN);
    }

    @Test
    void checkThatFailsByItselfIsAFindingAndTheOthersGoOn() throws Exception {
        examinations.put(Check.SERVER, chart -> {
            throw new IllegalStateException("of all things");
        });
        examinations.put(Check.CLOCK, new ClockExamination());

        List<Finding> findings = doctor(SIGNED_IN).examine(finding -> {});

        assertThat(findings).extracting(Finding::reason).containsExactly(Reason.BROKEN, Reason.NEEDS_SERVER);
        assertThat(findings.getFirst().values().getFirst()).contains("of all things");
    }

    @Test
    void checkThatDoesNotEndIsSaidAndInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        examinations.put(Check.KEYCHAIN, chart -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException calledOff) {
                interrupted.countDown();
                throw calledOff;
            }
            return Answer.of(Reason.KEYCHAIN_WORKS);
        });

        List<Finding> findings = new ParallelDoctor(() -> SIGNED_IN, examinations, bundle(), Duration.ofMillis(1))
                .examine(finding -> {});

        assertThat(findings).extracting(Finding::reason).containsExactly(Reason.TOOK_TOO_LONG);
        interrupted.await();
    }

    @Test
    void interruptCallsEverythingOff() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        examinations.put(Check.ENDPOINT, chart -> {
            looking.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException calledOff) {
                interrupted.countDown();
                throw calledOff;
            }
            return Answer.of(Reason.ENDPOINT_NONE);
        });
        AtomicReference<@Nullable Throwable> how = new AtomicReference<>();
        Doctor doctor = doctor(SIGNED_IN);
        Thread visit = Thread.ofVirtual().start(() -> {
            try {
                List<Finding> _ = doctor.examine(finding -> {});
            } catch (InterruptedException calledOff) {
                how.set(calledOff);
            }
        });
        looking.await();

        visit.interrupt();
        visit.join();

        assertThat(how.get()).isInstanceOf(InterruptedException.class);
        interrupted.await();
    }

    @Test
    void withoutAServerItsChecksAreSkipped() throws Exception {
        for (Check check : Check.values()) {
            examinations.put(check, chart -> Answer.of(Reason.ENDPOINT_NONE));
        }
        Patient nobody = new Patient(null, List.of(), new Link.Idle(), true);

        List<Finding> findings = doctor(nobody).examine(finding -> {});

        assertThat(findings)
                .filteredOn(finding -> finding.reason() == Reason.NO_SERVER)
                .extracting(Finding::check)
                .containsExactly(Check.NAME, Check.SERVER, Check.CERTIFICATE, Check.CLOCK, Check.SESSION);
    }

    @Test
    void patientIsAskedAnewAtEachVisit() {
        ParallelDoctor gone = new ParallelDoctor(
                () -> {
                    throw new IllegalStateException("asked");
                },
                examinations,
                bundle(),
                Duration.ofSeconds(30));

        assertThatThrownBy(() -> gone.examine(finding -> {})).hasMessage("asked");
    }

    private Doctor doctor(Patient patient) {
        return new ParallelDoctor(() -> patient, examinations, bundle(), Duration.ofSeconds(30));
    }

    private SupportBundle bundle() {
        return new SupportBundle(PortholeHome.in(folder), "0.1.0", Map.of(), "/home/ada");
    }
}
