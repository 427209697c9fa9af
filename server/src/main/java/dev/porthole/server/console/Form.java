package dev.porthole.server.console;

import dev.porthole.core.api.Problem;
import dev.porthole.server.console.pages.console.JteformGenerated;
import gg.jte.html.HtmlTemplateOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page with one form. What was typed stays when it is shown again with what was wrong.
 *
 * @param lead what it is about, in a sentence; may be empty
 * @param action where it goes
 * @param button what sending it does, in words
 * @param danger whether that can't be undone
 * @param cancel the page that leaves everything as it is
 * @param problem what was wrong, if it is about no field
 */
public record Form(
        Frame frame,
        String title,
        String lead,
        String action,
        List<Field> fields,
        String button,
        boolean danger,
        String cancel,
        @Nullable String problem)
        implements View {
    public Form {
        fields = List.copyOf(fields);
    }

    /** What one fills in. */
    public sealed interface Field {
        String name();

        /** The same with what was wrong with it. */
        Field wrong(String why);
    }

    /**
     * One line, or some.
     *
     * @param type of the input; {@code textarea} for several lines
     * @param note helps to fill it in; may be empty
     * @param longest in characters
     */
    public record Text(
            String name,
            String label,
            String type,
            String value,
            String note,
            boolean required,
            int longest,
            @Nullable String problem)
            implements Field {
        /** A line that has to be filled in. */
        public static Text line(String name, String label, String value, String note) {
            return new Text(name, label, "text", value, note, true, 100, null);
        }

        /** A line that may stay empty. */
        public static Text optional(String name, String label, String value, String note) {
            return new Text(name, label, "text", value, note, false, 100, null);
        }

        /** The same as another type of input. */
        public Text as(String other) {
            return new Text(name, label, other, value, note, required, longest, problem);
        }

        @Override
        public Text wrong(String why) {
            return new Text(name, label, type, value, note, required, longest, why);
        }
    }

    /** One of several. */
    public record Choice(
            String name,
            String label,
            List<Option> options,
            String value,
            String note,
            @Nullable String problem) implements Field {
        public Choice {
            options = List.copyOf(options);
        }

        public Choice(String name, String label, List<Option> options, String value, String note) {
            this(name, label, options, value, note, null);
        }

        @Override
        public Choice wrong(String why) {
            return new Choice(name, label, options, value, note, why);
        }
    }

    /** Any of several. */
    public record Boxes(
            String name,
            String label,
            List<Option> options,
            List<String> values,
            String note,
            @Nullable String problem) implements Field {
        public Boxes {
            options = List.copyOf(options);
            values = List.copyOf(values);
        }

        public Boxes(String name, String label, List<Option> options, List<String> values, String note) {
            this(name, label, options, values, note, null);
        }

        @Override
        public Boxes wrong(String why) {
            return new Boxes(name, label, options, values, note, why);
        }
    }

    /** Goes along unseen. */
    public record Hidden(String name, String value) implements Field {
        @Override
        public Hidden wrong(String why) {
            return this;
        }
    }

    /** What can be chosen. */
    public record Option(String value, String label) {}

    /** The form again, after the API refused it: the problem at its field, or on top if it is about none that shows. */
    public Form refused(Problem refusal) {
        String text = refusal.detail() == null ? refusal.title() : plain(refusal);
        List<Field> marked = new ArrayList<>();
        boolean placed = false;
        for (Field field : fields) {
            boolean meant = !(field instanceof Hidden) && field.name().equals(refusal.field());
            marked.add(meant ? field.wrong(text) : field);
            placed |= meant;
        }
        return new Form(frame, title, lead, action, marked, button, danger, cancel, placed ? null : text);
    }

    /** Title and detail as one text. */
    private static String plain(Problem refusal) {
        return refusal.field() == null ? refusal.title() + ": " + refusal.detail() : String.valueOf(refusal.detail());
    }

    @Override
    public void render(HtmlTemplateOutput html) {
        JteformGenerated.render(html, null, this);
    }
}
