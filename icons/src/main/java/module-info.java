/** The mark, drawn once, and what is generated from it. */
module dev.porthole.icons {
    requires static transitive org.jspecify;
    // For the renderer, which runs when a package is built and never in the app.
    requires static java.desktop;

    exports dev.porthole.icons;
}
