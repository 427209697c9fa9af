package dev.porthole.server.pages;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Tunnel;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.TunnelLine;
import dev.porthole.server.console.TunnelViews;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The front page: one's own tunnels with their state, and the keys beside them. */
final class FrontPage {
    /** Whoever has more than this finds the others one click away. */
    private static final String TUNNELS_EACH = "10";

    private static final String KEYS_EACH = "5";

    private FrontPage() {}

    /** {@code GET /}. */
    static void show(PageCall call) throws NotShownException {
        Frame frame = call.plain("front");
        List<TunnelViews.Group> groups = new ArrayList<>();
        for (Project project : frame.projects()) {
            groups.add(group(call, project));
        }
        call.show(new TunnelViews.Front(frame, groups, call.visit().server()));
    }

    private static TunnelViews.Group group(PageCall call, Project project) throws NotShownException {
        Page<Tunnel> tunnels = call.list(
                Tunnel.class,
                ApiRequest.of("GET", PageCall.PROJECT + "/tunnels", project.id())
                        .query("limit", TUNNELS_EACH));
        return new TunnelViews.Group(
                project,
                tunnels.items().stream().map(TunnelLine::new).toList(),
                tunnels.next() != null,
                keys(call, project));
    }

    /** Absent for whoever may not see them. */
    private static TunnelViews.@Nullable KeyGroup keys(PageCall call, Project project) {
        ApiRequest request =
                ApiRequest.of("GET", KeyPages.KEYS, project.id()).query("limit", KEYS_EACH);
        if (!(call.call(request) instanceof ApiResult.Done done)) {
            return null;
        }
        Page<ApiKey> keys = done.page(ApiKey.class);
        return new TunnelViews.KeyGroup(
                keys.items().stream()
                        .map(key -> new TunnelViews.KeyLine(key.id(), key.name(), key.prefix()))
                        .toList(),
                keys.next() != null);
    }
}
