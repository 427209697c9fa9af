package dev.porthole.packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** This build's distribution, started by the checkout's launcher with a home of the test's own. */
final class Distribution {
    /** Surefire and Failsafe start tests in their module's folder. */
    static final Path CHECKOUT =
            Path.of("").toAbsolutePath().resolveSibling(".").normalize();

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    /** This build's own. */
    static final Path OWN = CHECKOUT.resolve("packaging/target/dist");

    Distribution(Path home) {
        this(home, OWN);
    }

    /** Another build's. */
    Distribution(Path home, Path dist) {
        this.home = home;
        environment.put("PORTHOLE_DIST", dist.toString());
        environment.put("PORTHOLE_HOME", home.toString());
        // What whoever runs the tests may have set for themselves.
        Stream.of("PORTHOLE_SERVER", "PORTHOLE_PROJECT", "PORTHOLE_API_KEY", "PORTHOLE_PUBLIC_URL")
                .forEach(name -> environment.put(name, ""));
    }

    Distribution with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs {@code ./porthole} with these arguments. */
    Started start(String... arguments) throws IOException {
        return Started.command(
                home,
                environment,
                Stream.concat(Stream.of(CHECKOUT.resolve("porthole").toString()), Stream.of(arguments))
                        .toList());
    }

    /** The same, in front of a person whose terminal has so many columns. */
    OnTerminal onTerminal(int columns, String... arguments) throws IOException {
        return OnTerminal.start(
                home,
                environment,
                columns,
                Stream.concat(Stream.of(CHECKOUT.resolve("porthole").toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
