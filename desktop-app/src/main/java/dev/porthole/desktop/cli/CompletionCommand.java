package dev.porthole.desktop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "completion",
        description = {
            "Prints a script that completes commands, options and ids in your shell.",
            "The first lines of each script say where it goes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  echo 'eval \"$(porthole completion bash)\"' >> ~/.bashrc",
            "  echo 'eval \"$(porthole completion zsh)\"' >> ~/.zshrc",
            "  porthole completion fish > ~/.config/fish/completions/porthole.fish",
            "  porthole completion powershell | Out-String | Invoke-Expression"
        })
final class CompletionCommand implements Callable<Integer>, CommandTree.SeesAll {
    /** The shells that there are scripts for. */
    enum Shell {
        bash,
        zsh,
        fish,
        powershell
    }

    private final Surroundings surroundings;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Grammar grammar = Grammar.of(spec.root().commandLine());
        CompletionScript script = switch (shell) {
            case bash -> new BashCompletion(grammar);
            case zsh -> new ZshCompletion(grammar);
            case fish -> new FishCompletion(grammar);
            case powershell -> new PowerShellCompletion(grammar);
        };
        surroundings.terminal().print(script.text().stripTrailing());
        return Command.FINE;
    }
}
