package dev.porthole.core.declared;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong in one file, collected. */
final class YamlProblems {
    private final Path file;
    private final List<DeclarationProblem> found = new ArrayList<>();

    YamlProblems(Path file) {
        this.file = file;
    }

    /** Something at a node (null: the file as a whole). */
    void add(@Nullable Node node, String where, String text) {
        add(node == null ? Optional.empty() : node.getStartMark(), where, text);
    }

    void add(Optional<Mark> mark, String where, String text) {
        int line = mark.map(Mark::getLine).orElse(-1) + 1;
        int column = mark.map(Mark::getColumn).orElse(-1) + 1;
        found.add(new DeclarationProblem(file, line, column, where, text));
    }

    void throwIfAny() throws DeclarationException {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(DeclarationProblem::line).thenComparingInt(DeclarationProblem::column));
            throw new DeclarationException(found);
        }
    }

    /** A node's line, from 1. */
    static int line(@Nullable Node node) {
        return node == null ? 0 : node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
