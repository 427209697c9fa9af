package dev.porthole.server.console;

import dev.porthole.server.console.pages.console.JtequestionGenerated;
import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks before something that can't be undone; a page, so that it needs no script.
 *
 * @param says what will happen, a sentence each
 * @param hanging what goes along with it, named; may be empty
 * @param action where the answer yes goes
 * @param yes what that does, in words
 * @param cancel the page that leaves everything as it is
 * @param problem why the last yes did nothing
 */
public record Question(
        Frame frame,
        String title,
        List<String> says,
        List<String> hanging,
        String action,
        List<Form.Hidden> along,
        String yes,
        String cancel,
        @Nullable String problem)
        implements View {
    public Question {
        says = List.copyOf(says);
        hanging = List.copyOf(hanging);
        along = List.copyOf(along);
    }

    /** With nothing that goes along. */
    public static Question of(Frame frame, String title, List<String> says, String action, String yes, String cancel) {
        return new Question(frame, title, says, List.of(), action, List.of(), yes, cancel, null);
    }

    /** The same, after it could not be done. */
    public Question failed(String why) {
        return new Question(frame, title, says, hanging, action, along, yes, cancel, why);
    }

    @Override
    public void render(HtmlTemplateOutput html) {
        JtequestionGenerated.render(html, null, this);
    }
}
