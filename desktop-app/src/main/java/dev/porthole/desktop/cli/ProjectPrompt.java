package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Project;
import java.util.List;
import java.util.Optional;

/** Asks which project to work in. */
record ProjectPrompt(Terminal terminal) {
    /** Picks and keeps a project: the only one without a question, else the one whose number is entered. */
    Project pick(Porthole porthole) throws PortholeException {
        List<Project> projects = Session.projectsOf(porthole);
        Project picked = projects.size() == 1 ? projects.getFirst() : ask(projects);
        porthole.switchProject(picked.id());
        terminal.say("Project: " + title(picked));
        return picked;
    }

    /** As people call it: {@code organization / project}. */
    static String title(Project project) {
        return Printable.of(project.organization().name() + " / " + project.name());
    }

    private Project ask(List<Project> projects) throws PortholeException {
        for (int i = 0; i < projects.size(); i++) {
            terminal.say("[" + (i + 1) + "] " + title(projects.get(i)));
        }
        while (true) {
            String answer = terminal.ask("Enter number [1-" + projects.size() + "]:")
                    .orElseThrow(() -> new PortholeException(
                            Kind.WRONG_USE, "No project picked. Run: porthole projects switch ID"));
            Optional<Integer> number = number(answer, projects.size());
            if (number.isPresent()) {
                return projects.get(number.get() - 1);
            }
            terminal.say(Printable.of(answer) + " (expected: a number of 1-" + projects.size() + ")");
        }
    }

    private static Optional<Integer> number(String answer, int highest) {
        try {
            return Optional.of(Integer.parseInt(answer)).filter(number -> number >= 1 && number <= highest);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
