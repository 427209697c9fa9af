package dev.porthole.core.discovery;

import java.nio.file.Path;
import java.util.Locale;

/** This system's way of telling what listens. Made when it is first asked for. */
final class SystemScanner {
    static final PortScanner INSTANCE = make();

    private SystemScanner() {}

    private static PortScanner make() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("linux")) {
            return new ProcPortScanner(Path.of("/proc"));
        }
        return os.startsWith("windows") ? new NetstatPortScanner() : new LsofPortScanner();
    }
}
