package dev.porthole.desktop.tunnels;

import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client calls itself, in a few words: {@code Safari on iPhone}, {@code GitHub-Hookshot}. A guess for people;
 * anyone can claim to be anything.
 */
final class AgentWords {
    /** The first that occurs is it: those that claim to be others, too, come first. */
    private static final Map<String, String> BROWSERS = ordered(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "Firefox/",
            "Firefox",
            "FxiOS/",
            "Firefox",
            "CriOS/",
            "Chrome",
            "HeadlessChrome/",
            "Headless Chrome",
            "Chrome/",
            "Chrome",
            "Safari/",
            "Safari");

    private static final Map<String, String> SYSTEMS = ordered(
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Android",
            "Android",
            "Windows",
            "Windows",
            "Mac OS X",
            "Mac",
            "CrOS",
            "ChromeOS",
            "Linux",
            "Linux");

    private AgentWords() {}

    static String of(String agent) {
        if (agent.isBlank()) {
            return Texts.text("visitor.unknownAgent");
        }
        Optional<String> browser = agent.startsWith("Mozilla/") ? first(BROWSERS, agent) : Optional.empty();
        Optional<String> system = first(SYSTEMS, agent);
        if (browser.isPresent()) {
            return system.map(on -> Texts.text("visitor.agentOn", browser.get(), on))
                    .orElse(browser.get());
        }
        return PlainText.of(product(agent));
    }

    /** The first product's name (RFC 9110, section 10.1.5), without its version. */
    private static String product(String agent) {
        int end = 0;
        while (end < agent.length() && agent.charAt(end) != '/' && agent.charAt(end) != ' ') {
            end++;
        }
        return end == 0 ? agent : agent.substring(0, end);
    }

    private static Optional<String> first(Map<String, String> signs, String agent) {
        return signs.entrySet().stream()
                .filter(sign -> agent.contains(sign.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            map.put(pairs[at], pairs[at + 1]);
        }
        return map;
    }
}
