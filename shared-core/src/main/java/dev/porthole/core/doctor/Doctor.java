package dev.porthole.core.doctor;

import dev.porthole.core.config.PortholeHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs every {@link Check} at once, each on a virtual thread of its own, and tells each finding as it comes. Changes
 * nothing. Safe from any thread; an interrupt calls it off.
 */
public interface Doctor {
    /**
     * The doctor of an installation.
     *
     * @param patient what there is to look at; asked at the beginning of each visit
     * @param version of this release, such as {@code 0.1.0}
     */
    static Doctor of(Supplier<Patient> patient, PortholeHome home, String version, InstantSource clock) {
        return ParallelDoctor.of(patient, home, version, clock);
    }

    /**
     * Looks at everything.
     *
     * @param report told each finding once, one at a time, as soon as it is there; on threads of the doctor's
     * @return all findings, in the order of {@link Check}
     */
    List<Finding> examine(Consumer<? super Finding> report) throws InterruptedException;

    /**
     * Writes what helps someone else to find a fault: versions, settings, the log's end and the findings, without
     * secrets. Mode 0600.
     *
     * @param file the zip to write; replaced if it is there
     */
    void export(Path file, List<Finding> findings) throws IOException;
}
