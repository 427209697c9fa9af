package dev.porthole.server.console;

import dev.porthole.server.console.pages.console.JtetroubleGenerated;
import gg.jte.html.HtmlTemplateOutput;

/**
 * A page that can't be shown, and what to do instead.
 *
 * @param href where one can go on
 * @param link that in words
 */
public record Trouble(Frame frame, String title, String text, String href, String link) implements View {
    @Override
    public void render(HtmlTemplateOutput html) {
        JtetroubleGenerated.render(html, null, this);
    }
}
