package dev.porthole.desktop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the build makes the man page and the reference with. */
@CommandLine.Command(name = "__manual", hidden = true, description = "Prints all commands as one page.")
final class ManualCommand implements Callable<Integer>, CommandTree.SeesAll {
    /** The forms that there are. */
    enum Form {
        man,
        markdown
    }

    private final Surroundings surroundings;

    @Parameters(paramLabel = "FORM", description = "${COMPLETION-CANDIDATES}.")
    private Form form = Form.man;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ManualCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Grammar grammar = Grammar.of(spec.root().commandLine());
        String page = switch (form) {
            case man -> new ManPage(grammar, surroundings.version()).text();
            case markdown -> new Reference(grammar).text();
        };
        surroundings.terminal().print(page.stripTrailing());
        return Command.FINE;
    }
}
