package dev.porthole.desktop.autostart;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Windows: one value of the user's {@code Run} key, by the system's own {@code reg.exe}. */
final class RunKey implements Autostart {
    private static final String KEY = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run";
    private static final String VALUE = "Porthole";

    private final String program;
    private final Registry registry;

    RunKey(String program, Registry registry) {
        this.program = program;
        this.registry = registry;
    }

    /** Runs {@code reg.exe}. */
    @FunctionalInterface
    interface Registry {
        /** Runs it with these arguments, and returns its exit code: 0, or 1 for what is not there or did not work. */
        int run(List<String> arguments) throws IOException;

        /** The system's. */
        static Registry system() {
            return arguments -> {
                List<String> command = java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("reg"), arguments.stream())
                        .toList();
                Process reg = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                try {
                    if (reg.waitFor(10, TimeUnit.SECONDS)) {
                        return reg.exitValue();
                    }
                    reg.destroyForcibly();
                    throw new IOException("reg.exe did not end within 10 s");
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while waiting for reg.exe", stopped);
                }
            };
        }
    }

    @Override
    public boolean isOn() throws IOException {
        return registry.run(List.of("query", KEY, "/v", VALUE)) == 0;
    }

    @Override
    public void turnOn(boolean hidden) throws IOException {
        String command = Autostart.command(program, hidden).stream()
                .map(argument -> argument.startsWith("--") ? argument : "\"" + argument + "\"")
                .collect(Collectors.joining(" "));
        int exit = registry.run(List.of("add", KEY, "/v", VALUE, "/t", "REG_SZ", "/d", command, "/f"));
        if (exit != 0) {
            throw new IOException("reg.exe could not write the Run key (exit code " + exit + ")");
        }
    }

    @Override
    public void turnOff() throws IOException {
        if (isOn()) {
            int exit = registry.run(List.of("delete", KEY, "/v", VALUE, "/f"));
            if (exit != 0) {
                throw new IOException("reg.exe could not change the Run key (exit code " + exit + ")");
            }
        }
    }
}
