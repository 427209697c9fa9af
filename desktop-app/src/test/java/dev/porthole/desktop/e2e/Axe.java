package dev.porthole.desktop.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Looks for accessibility faults in a page: axe-core, installed from npm by its lock file. */
final class Axe {
    private final String script;

    private Axe(String script) {
        this.script = script;
    }

    /** Installs into the folder. */
    static Axe install(Path folder) throws IOException, InterruptedException {
        for (String name : List.of("package.json", "package-lock.json")) {
            try (InputStream file = Objects.requireNonNull(Axe.class.getResourceAsStream("axe/" + name), name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (install.waitFor() != 0) {
            throw new IOException("npm ci failed:\n" + said);
        }
        return new Axe(Files.readString(folder.resolve("node_modules/axe-core/axe.min.js")));
    }

    /** The serious and critical faults of the page that the browser shows, each in one line. */
    List<String> seriousFaults(Browser browser) {
        browser.script(script + "\nreturn ''");
        return browser.answers("""
                const done = arguments[arguments.length - 1]
                axe.run(document).then(found => done(found.violations
                    .filter(fault => fault.impact === 'serious' || fault.impact === 'critical')
                    .map(fault => fault.id + ' at ' + fault.nodes.map(node => node.target.join(' ')).join(', '))))
                """);
    }
}
