package dev.porthole.core.folder;

import java.io.IOException;
import java.nio.file.Path;

/** The shared folder is no longer where it was shared from. */
public final class FolderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    FolderGoneException(Path folder) {
        super(folder + " is no folder any more");
    }
}
