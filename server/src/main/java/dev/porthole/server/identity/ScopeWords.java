package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.Scope;
import java.util.List;
import java.util.Map;

/** What scopes let a program do, as people read it. */
final class ScopeWords {
    private static final String ORDER = "openid profile email api offline_access";
    private static final Map<String, String> WORDS = Map.of(
            "openid",
            "Know which account of this server is yours",
            "profile",
            "See your name",
            "email",
            "See your e-mail address",
            RegisteredClient.API,
            "See and change your projects, tunnels and connectors, as you can yourself; it can't make keys, invite people or administer the server",
            RegisteredClient.OFFLINE,
            "Stay signed in while you are away, until you take this back");

    private ScopeWords() {}

    /** One line for each, the weightiest last. */
    static List<String> of(String scope) {
        Scope asked = Scope.parse(scope);
        return List.of(ORDER.split(" ")).stream()
                .filter(asked::contains)
                .map(value -> WORDS.getOrDefault(value, value))
                .toList();
    }
}
