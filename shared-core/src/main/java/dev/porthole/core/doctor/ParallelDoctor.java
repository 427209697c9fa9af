package dev.porthole.core.doctor;

import dev.porthole.core.api.TrustedAuthorities;
import dev.porthole.core.config.PortholeHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The doctor of this program: as many checks at once as there are. */
final class ParallelDoctor implements Doctor {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Supplier<Patient> patient;
    private final Map<Check, Examination> examinations;
    private final SupportBundle bundle;
    private final Duration limit;

    ParallelDoctor(
            Supplier<Patient> patient, Map<Check, Examination> examinations, SupportBundle bundle, Duration limit) {
        this.patient = patient;
        this.examinations = new EnumMap<>(examinations);
        this.bundle = bundle;
        this.limit = limit;
    }

    static Doctor of(Supplier<Patient> patient, PortholeHome home, String version, InstantSource clock) {
        Map<Check, Examination> all = new EnumMap<>(Check.class);
        all.put(Check.NAME, new NameExamination());
        all.put(Check.SERVER, new ServerExamination(clock));
        all.put(Check.CERTIFICATE, new CertificateExamination(TrustedAuthorities.ofThisProcess(), clock));
        all.put(Check.CLOCK, new ClockExamination());
        all.put(Check.SESSION, new SessionExamination(version));
        all.put(Check.KEYCHAIN, new KeychainExamination(home));
        all.put(Check.ENDPOINT, new EndpointExamination());
        all.put(Check.END_TO_END, new EndToEndExamination());
        return new ParallelDoctor(patient, all, SupportBundle.of(home, version), LIMIT);
    }

    @Override
    public List<Finding> examine(Consumer<? super Finding> report) throws InterruptedException {
        Chart chart = new Chart(patient.get());
        Visit visit = new Visit(report);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("doctor-", 0).factory());
        try {
            Map<Check, Future<?>> running = new EnumMap<>(Check.class);
            examinations.forEach((check, examination) ->
                    running.put(check, threads.submit(() -> visit.found(look(check, examination, chart)))));
            long end = System.nanoTime() + limit.toNanos();
            for (Map.Entry<Check, Future<?>> one : running.entrySet()) {
                if (!ended(one.getValue(), end - System.nanoTime())) {
                    visit.found(new Finding(
                            one.getKey(), Reason.TOOK_TOO_LONG, List.of(Long.toString(limit.toSeconds())), limit));
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return visit.findings();
    }

    @Override
    public void export(Path file, List<Finding> findings) throws IOException {
        bundle.write(file, findings);
    }

    /** Null after an interrupt: nobody waits any more. */
    private static @Nullable Finding look(Check check, Examination examination, Chart chart) {
        long began = System.nanoTime();
        Answer answer;
        try {
            answer = needsServer(check) && chart.patient().server() == null
                    ? Answer.of(Reason.NO_SERVER)
                    : examination.look(chart);
        } catch (InterruptedException calledOff) {
            return null;
        } catch (Exception defect) {
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
            answer = Answer.of(Reason.BROKEN, defect);
        } finally {
            if (check == Check.SERVER) {
                // Those that wait for its answer must not wait for ever; the first word counts.
                chart.serverSaid(Chart.ServerSaid.NOTHING);
            }
        }
        return new Finding(check, answer.reason(), answer.values(), Duration.ofNanos(System.nanoTime() - began));
    }

    private static boolean needsServer(Check check) {
        return switch (check) {
            case NAME, SERVER, CERTIFICATE, CLOCK, SESSION -> true;
            case KEYCHAIN, ENDPOINT, END_TO_END -> false;
        };
    }

    private static boolean ended(Future<?> future, long nanos) throws InterruptedException {
        try {
            future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException observerFailed) {
            throw new IllegalStateException(observerFailed.getCause());
        }
    }

    /** The findings of one visit; the first of each check counts. */
    private static final class Visit {
        private final Consumer<? super Finding> report;
        private final Map<Check, Finding> findings = new EnumMap<>(Check.class);

        Visit(Consumer<? super Finding> report) {
            this.report = report;
        }

        synchronized void found(@Nullable Finding finding) {
            if (finding != null && findings.putIfAbsent(finding.check(), finding) == null) {
                report.accept(finding);
            }
        }

        synchronized List<Finding> findings() {
            return List.copyOf(findings.values());
        }
    }
}
