package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Doctor;
import dev.porthole.core.doctor.Finding;
import dev.porthole.core.doctor.Verdict;
import dev.porthole.desktop.doctor.DoctorWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "doctor",
        description = "Checks the way from this computer to the server, and says what is wrong with it.")
final class DoctorCommand extends Command {
    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Writes a zip for someone who helps: versions, settings, logs, results; no secrets.")
    private @Nullable Path export;

    DoctorCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** One check of {@code --output json}; {@code result} is pass, fail or skip. */
    record Line(String check, String result, String reason, String text, long millis) {}

    /** The document of {@code --output json}. */
    record Document(List<Line> checks) {}

    /** Whose an API key is can't be asked of a server that is silent: that is what is to be looked into. */
    @Override
    Session open() throws PortholeException {
        try {
            return super.open();
        } catch (PortholeException failed) {
            if (failed.kind() != Kind.UNREACHABLE) {
                throw failed;
            }
            return Session.openWithoutKey(surroundings, options);
        }
    }

    @Override
    int run(Session session) throws PortholeException {
        Doctor doctor = session.porthole().doctor();
        List<Finding> findings;
        try {
            findings = doctor.examine(finding -> {});
        } catch (InterruptedException stopped) {
            throw new PortholeException(Kind.CANCELLED, "Stopped.", stopped);
        }
        show(findings);
        if (export != null) {
            export(doctor, findings, export);
        }
        return exitCode(findings);
    }

    private void show(List<Finding> findings) {
        if (options.json()) {
            terminal()
                    .print(Json.of(new Document(
                            findings.stream().map(DoctorCommand::line).toList())));
            return;
        }
        Table table = new Table("CHECK", "RESULT", "WHY");
        for (Finding finding : findings) {
            table.row(DoctorWords.name(finding.check()), finding.verdict().id(), DoctorWords.sentence(finding));
        }
        table.printTo(terminal());
    }

    private void export(Doctor doctor, List<Finding> findings, Path file) throws PortholeException {
        try {
            doctor.export(file, findings);
            terminal().say("Written: " + Printable.of(file.toString()));
        } catch (IOException full) {
            throw new PortholeException(Kind.FAILED, file + " can't be written: " + full.getMessage(), full);
        }
    }

    private static Line line(Finding finding) {
        return new Line(
                finding.check().id(),
                finding.verdict().id(),
                finding.reason().id(),
                DoctorWords.sentence(finding),
                finding.took().toMillis());
    }

    private static int exitCode(List<Finding> findings) {
        List<Finding> failed = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAIL)
                .toList();
        if (failed.stream().anyMatch(finding -> finding.check() == Check.SERVER)) {
            return Kind.UNREACHABLE.exitCode();
        }
        return failed.isEmpty() ? FINE : Kind.FAILED.exitCode();
    }
}
