package dev.porthole.server.console;

import dev.porthole.server.console.pages.console.JtesheetGenerated;
import gg.jte.html.HtmlTemplateOutput;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of sections, one below the other.
 *
 * @param lead what it is about, in a sentence; may be empty
 * @param actions beside the title
 * @param problem what went wrong with the last thing that was tried here
 */
public record Sheet(
        Frame frame,
        String title,
        String lead,
        List<Act> actions,
        List<Section> sections,
        @Nullable String problem) implements View {
    public Sheet {
        actions = List.copyOf(actions);
        sections = List.copyOf(sections);
    }

    /** Without a problem. */
    public Sheet(Frame frame, String title, String lead, List<Act> actions, List<Section> sections) {
        this(frame, title, lead, actions, sections, null);
    }

    /** The same, after something could not be done. */
    public Sheet failed(String why) {
        return new Sheet(frame, title, lead, actions, sections, why);
    }

    /** A part of the page. */
    public sealed interface Section {
        /** Above it; empty for none. */
        String heading();
    }

    /** Sentences. */
    public record Words(String heading, List<String> says) implements Section {
        public Words {
            says = List.copyOf(says);
        }
    }

    /**
     * Rows of cells; on phones a block a row.
     *
     * @param things what the rows are, in the plural
     * @param empty what to say, and what to do next, when there is none
     */
    public record Table(
            String heading,
            List<String> columns,
            List<Row> rows,
            @Nullable Pager pager,
            String things,
            String empty) implements Section {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }

        /** Whether a row has something that can be done. */
        public boolean acts() {
            return rows.stream().anyMatch(row -> !row.acts().isEmpty());
        }
    }

    /**
     * A row of a table.
     *
     * @param cells one for each column
     */
    public record Row(List<Cell> cells, List<Act> acts) {
        public Row {
            cells = List.copyOf(cells);
            acts = List.copyOf(acts);
        }

        /** A row with nothing to do. */
        public static Row of(Cell... cells) {
            return new Row(List.of(cells), List.of());
        }
    }

    /** Names and values. */
    public record Facts(String heading, List<Fact> facts) implements Section {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    public record Fact(String name, Cell value) {}

    /** What is shown this once: a secret, or a link that works once. */
    public record Once(String heading, String name, String secret, String note) implements Section {}

    /** Texts to paste. The first is open. */
    public record Snippets(String heading, List<Snippet> snippets) implements Section {
        public Snippets {
            snippets = List.copyOf(snippets);
        }
    }

    public record Snippet(String title, String text) {}

    /** What can be done, with what it means. */
    public record Actions(String heading, String says, List<Act> acts) implements Section {
        public Actions {
            acts = List.copyOf(acts);
        }
    }

    /**
     * A form.
     *
     * @param asks whether it only asks: its fields go into the address
     * @param inline whether its fields stand beside each other
     */
    public record Ask(
            String heading, String action, boolean asks, boolean inline, List<Form.Field> fields, String button)
            implements Section {
        public Ask {
            fields = List.copyOf(fields);
        }
    }

    /** What stands in a cell. */
    public sealed interface Cell {
        static Cell words(@Nullable String text) {
            return new Text(text == null ? "" : text, false);
        }

        static Cell code(@Nullable String text) {
            return new Text(text == null ? "" : text, true);
        }

        /**
         * An id, of which the beginning is enough for the eye.
         *
         * @param href where it leads to, if anywhere
         */
        static Cell id(@Nullable String id, @Nullable String href) {
            return id == null ? new Text("", false) : new Id(id, href);
        }

        static Cell at(@Nullable Instant moment, String never) {
            return new Moment(moment, never);
        }
    }

    /**
     * Plain text.
     *
     * @param code whether it is for machines
     */
    public record Text(String text, boolean code) implements Cell {}

    /**
     * A time.
     *
     * @param never what stands in the place of an absent one
     */
    public record Moment(@Nullable Instant at, String never) implements Cell {}

    public record Link(String text, String href) implements Cell {}

    /** An id, shown in short and whole to whoever points at it. */
    public record Id(String id, @Nullable String href) implements Cell {
        private static final int SHOWN = 12;

        public String shown() {
            return id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "…";
        }
    }

    /**
     * A word in a frame.
     *
     * @param look {@code good}, {@code waiting}, {@code bad} or {@code off}
     */
    public record Badge(String text, String look) implements Cell {}

    /** Something that can be done. */
    public sealed interface Act {
        String label();
    }

    /**
     * Leads to a page.
     *
     * @param about what the label leaves out, for those who only hear it; may be empty
     * @param look of the button: empty, {@code first} or {@code bad}
     */
    public record Go(String label, String about, String href, String look) implements Act {
        public static Go to(String label, String href) {
            return new Go(label, "", href, "");
        }

        /** The one thing that the page is for. */
        public static Go first(String label, String href) {
            return new Go(label, "", href, "first");
        }
    }

    /** Does it at once, by a form of its own. */
    public record Send(String label, String about, String action, List<Form.Hidden> fields) implements Act {
        public Send {
            fields = List.copyOf(fields);
        }
    }

    @Override
    public void render(HtmlTemplateOutput html) {
        JtesheetGenerated.render(html, null, this);
    }
}
