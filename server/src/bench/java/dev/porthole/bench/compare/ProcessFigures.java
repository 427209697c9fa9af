package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel says of processes (proc(5)). */
final class ProcessFigures {
    private static final int TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;

    private ProcessFigures() {}

    /** CPU seconds so far, user and system, over all of them. */
    static double cpuSeconds(List<Long> processes) throws IOException {
        long ticks = 0;
        for (long process : processes) {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
            // After the name, which may hold anything in its parentheses.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        }
        return (double) ticks / TICKS_PER_SECOND;
    }

    /** Resident memory now, in MiB, over all of them. */
    static double residentMebibytes(List<Long> processes) throws IOException {
        long kibibytes = 0;
        for (long process : processes) {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return kibibytes / 1024.0;
    }
}
