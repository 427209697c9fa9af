package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes once it has signed in: to the app that asked, or to a page of ours. It travels as the query of
 * each page between, and is read anew at each step.
 *
 * @param asked null for a page
 * @param page path and query of a page of ours
 */
record Destination(@Nullable AuthorizeRequest asked, String page) {
    /** The parameter that names a page. */
    static final String BACK = "back";

    static final Destination FRONT = new Destination(null, "/");

    /**
     * Path and query in ASCII, and nothing that a browser takes for another host: two slashes or a backslash at the
     * beginning.
     */
    private static final Pattern PAGE = Pattern.compile("/(?:[!-.0-\\[\\]-~][!-\\[\\]-~]{0,1999})?");

    /** The page that a parameter names; the front page, if it is none of ours. */
    static Destination page(String path) {
        return PAGE.matcher(path).matches() ? new Destination(null, path) : FRONT;
    }

    static Destination of(AuthorizeRequest asked) {
        return new Destination(asked, "/");
    }

    /** What the addresses of the pages between end with: empty, or a question mark and the query. */
    String query() {
        if (asked != null) {
            return "?" + asked.query();
        }
        return page.equals("/") ? "" : "?" + URLUtils.serializeParameters(Map.of(BACK, List.of(page)));
    }

    /** What else a form's answer may redirect to. */
    @Nullable
    String formsMayReach() {
        return asked == null ? null : BrowserPages.formsMayReach(asked);
    }
}
