package dev.porthole.desktop.ui;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.api.Endpoint;

/** What the stages between an endpoint and its public address are called. */
public final class StageWords {
    private StageWords() {}

    /** What a stage says: done, or waiting. */
    public static String of(Stage stage, boolean done, Endpoint endpoint) {
        return switch (stage) {
            case ACCEPTED -> text(done ? "stage.accepted.done" : "stage.accepted.waiting");
            case CONNECTED -> text(done ? "stage.connected.done" : "stage.connected.waiting");
            case ROUTED -> text(done ? "stage.routed.done" : "stage.routed.waiting");
            case ENDPOINT -> {
                String shown = PlainText.of(endpoint.shown());
                yield endpoint.isFolder()
                        ? text(done ? "stage.folder.done" : "stage.folder.waiting", shown)
                        : text(done ? "stage.endpoint.done" : "stage.endpoint.waiting", shown);
            }
            case ANSWERING -> text(done ? "stage.answering.done" : "stage.answering.waiting");
        };
    }
}
