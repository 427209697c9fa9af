package dev.porthole.core.declared;

import dev.porthole.core.PortholeException;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.api.Tunnel;
import java.util.List;

/** What a {@link TunnelKeeper} tells. */
public sealed interface KeeperNews {
    /** A step of the share. */
    record Step(ShareProgress progress) implements KeeperNews {}

    /** The tunnel exists and its address is known. */
    record Created(Tunnel tunnel) implements KeeperNews {}

    /** A request went through its address and back. */
    record Ready(Tunnel tunnel) implements KeeperNews {}

    /**
     * An edit is applied.
     *
     * @param what the file's words for what is another now, such as {@code label}
     */
    record Changed(Tunnel tunnel, List<String> what) implements KeeperNews {}

    /** Something that its authors should know, and that does no harm. */
    record Noted(String text) implements KeeperNews {}

    /** It could not be shared: nothing runs. */
    record Failed(PortholeException why) implements KeeperNews {}

    /** An edit, or a part of it, could not be applied: what ran before runs on. */
    record EditFailed(PortholeException why) implements KeeperNews {}
}
