package dev.porthole.core.proxy;

import dev.porthole.core.BlockedHost;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How apps say that they do not know a name: the one table of it. The texts are those of the apps' own sources, as of
 * 2026.
 */
final class BlockedHostSigns {
    /** How far into a body a sign may be; Rails has its style sheet in front of it. */
    static final int LOOKED_BYTES = 16 * 1024;

    /**
     * One kind of app.
     *
     * @param statuses of the answer that refuses
     * @param marks texts that are all in the body's beginning
     * @param whole whether the first mark is the whole body
     * @param below where in the app it shows: a good answer from there means that the name is known now
     */
    record Sign(BlockedHost finding, Set<Integer> statuses, List<String> marks, boolean whole, String below) {
        static Sign anywhere(String app, String setting, int status, String... marks) {
            return new Sign(new BlockedHost(app, setting), Set.of(status), List.of(marks), false, "/");
        }
    }

    private static final List<Sign> ALL = List.of(
            Sign.anywhere(
                    "Angular",
                    "allowedHosts of the serve target in angular.json",
                    403,
                    "Blocked request. This host",
                    "angular.json"),
            Sign.anywhere(
                    "Vite's preview",
                    "preview.allowedHosts in vite.config",
                    403,
                    "Blocked request. This host",
                    "preview.allowedHosts"),
            Sign.anywhere("Vite", "server.allowedHosts in vite.config", 403, "Blocked request. This host"),
            // Up to its version 4 it says so with 200. Vue's, React's and Angular's older tools are this one.
            new Sign(
                    new BlockedHost("webpack-dev-server", "devServer.allowedHosts in the webpack configuration"),
                    Set.of(200, 403),
                    List.of("Invalid Host header"),
                    true,
                    "/"),
            Sign.anywhere("Django", "ALLOWED_HOSTS in settings.py", 400, "DisallowedHost"),
            Sign.anywhere(
                    "Rails", "config.hosts in config/environments/development.rb", 403, "Blocked host", "config.hosts"),
            new Sign(
                    new BlockedHost("Next.js", "allowedDevOrigins in next.config"),
                    Set.of(403),
                    List.of("Unauthorized"),
                    true,
                    "/_next/"),
            Sign.anywhere("ASP.NET", "AllowedHosts in appsettings.json", 400, "Invalid Hostname"));

    private static final int LONGEST_WHOLE = ALL.stream()
            .filter(Sign::whole)
            .mapToInt(sign -> sign.marks().getFirst().length())
            .max()
            .orElse(0);

    private BlockedHostSigns() {}

    /**
     * Whether an answer can be a refusal at all.
     *
     * @param length of its body; -1 if it is not said
     */
    static boolean mayBe(int status, long length) {
        return status == 400 || status == 403 || (status == 200 && length > 0 && length <= LONGEST_WHOLE);
    }

    /**
     * The sign that an answer bears.
     *
     * @param path of the request
     * @param beginning of the body
     * @param complete whether that is all of it
     */
    static @Nullable Sign find(int status, String path, String beginning, boolean complete) {
        for (Sign sign : ALL) {
            if (sign.statuses().contains(status)
                    && path.startsWith(sign.below())
                    && (sign.whole()
                            ? complete && beginning.strip().equals(sign.marks().getFirst())
                            : sign.marks().stream().allMatch(beginning::contains))) {
                return sign;
            }
        }
        return null;
    }
}
