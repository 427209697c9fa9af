package dev.porthole.server.console;

import gg.jte.html.HtmlTemplateOutput;

/** A page for someone who is signed in, with all that it shows. Texts are shown as text: the templates escape them. */
public interface View {
    /** Writes the whole page. */
    void render(HtmlTemplateOutput html);
}
