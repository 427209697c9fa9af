package dev.porthole.desktop.share;

import dev.porthole.core.discovery.ProgramKind;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The sign of each sort of program. */
final class ProgramIcon {
    private ProgramIcon() {}

    static Ikon of(ProgramKind kind) {
        return switch (kind) {
            case UNKNOWN -> Feather.HELP_CIRCLE;
            case PAGES -> Feather.LAYOUT;
            case APPLICATION -> Feather.CODE;
            case WEB_SERVER -> Feather.GLOBE;
            case DATABASE -> Feather.DATABASE;
            case CACHE_OR_QUEUE -> Feather.LAYERS;
            case NOTEBOOK -> Feather.BOOK_OPEN;
            case MODEL -> Feather.CPU;
            case GAME -> Feather.BOX;
        };
    }
}
