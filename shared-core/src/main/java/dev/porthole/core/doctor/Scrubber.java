package dev.porthole.core.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what nobody else may have: tokens, passwords, cookies, queries of addresses, mail addresses, and
 * the name of the user's folder. What looks like a secret goes; a word too many is better than one too few.
 */
final class Scrubber {
    static final String MASK = "[removed]";

    /** Names of fields whose values are secrets, however they are written. */
    private static final String NAMES =
            "(?:[a-z0-9_.-]{0,40}(?:pass(?:word|phrase|wd)?|secret|token|api[-_]?key|credential|authorization|cookie|session[-_]?id"
                    + "|private[-_]?key|verifier|nonce|otp)[a-z0-9_.-]{0,40}|code|state|key|pwd|sig|signature)";

    private record Rule(Pattern pattern, String by) {
        static Rule of(String pattern, String by) {
            return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), by);
        }
    }

    private static final List<Rule> RULES = List.of(
            // PEM, over its lines.
            Rule.of("-----BEGIN [^-]*PRIVATE KEY-----[\\s\\S]*?(-----END [^-]*-----|\\z)", MASK),
            // RFC 9110, section 11: a scheme and its credentials; a whole field where the name says it.
            Rule.of("\\b((?:proxy-)?authorization|(?:set-)?cookie)(\\s*[:=]\\s*)[^\\r\\n]+", "$1$2" + MASK),
            Rule.of("\\b(Bearer|Basic|DPoP|Digest)\\s+[A-Za-z0-9._~+/=-]{4,}", "$1 " + MASK),
            // JSON Web Tokens, and our own secrets by their prefixes.
            Rule.of("\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)*", MASK),
            Rule.of("\\bph[a-z]_[A-Za-z0-9_-]{6,}", MASK),
            // name: value, name=value, "name": "value", --name value.
            Rule.of("(\\b" + NAMES + "\\b[\"']?\\s*[:=]\\s*)\"[^\"]*\"", "$1\"" + MASK + "\""),
            Rule.of("(\\b" + NAMES + "\\b[\"']?\\s*[:=]\\s*)('[^']*'|[^\\s,;&}\\]\"\\[]+)", "$1" + MASK),
            Rule.of("(--?" + NAMES + "\\s+)(\\S+)", "$1" + MASK),
            // In a sentence: "with token abc123".
            Rule.of("\\b(token|password|passphrase|secret|key)(\\s+)(?=\\S*[0-9])[^\\s,;]{8,}", "$1$2" + MASK),
            // User and password in an address; what stands after its path.
            Rule.of("([a-z][a-z0-9+.-]{0,20}://)[^\\s/@]+@", "$1" + MASK + "@"),
            Rule.of("([a-z][a-z0-9+.-]{0,20}://[^\\s?#\"']*)[?#][^\\s\"']*", "$1?" + MASK),
            Rule.of("[A-Z0-9._%+-]{1,64}@[A-Z0-9.-]{1,200}\\.[A-Z]{2,}", "[mail]"),
            // Whatever else is long and random: hexadecimal, or letters of both cases with digits.
            Rule.of("\\b[0-9a-f]{32,}\\b", MASK),
            new Rule(
                    Pattern.compile(
                            "\\b(?=[A-Za-z0-9_+/-]{0,100}[0-9])(?=[A-Za-z0-9_+/-]{0,100}[a-z])(?=[A-Za-z0-9_+/-]{0,100}[A-Z])"
                                    + "[A-Za-z0-9_+-]{24,}={0,2}"),
                    MASK));

    private final List<String> known;
    private final String home;

    /**
     * @param known secrets by their words, such as those of the environment; short ones are left, they would hit
     *     anything
     * @param home the user's folder
     */
    Scrubber(List<String> known, String home) {
        this.known = known.stream().filter(secret -> secret.length() >= 4).toList();
        this.home = home;
    }

    /** The text without them, one line a line; control characters become spaces (T-L4: nobody forges a line of it). */
    String scrub(String text) {
        String rest = text;
        for (String secret : known) {
            rest = rest.replace(secret, MASK);
        }
        for (Rule rule : RULES) {
            rest = rule.pattern().matcher(rest).replaceAll(rule.by());
        }
        if (home.length() > 1) {
            rest = rest.replaceAll(Pattern.quote(home) + "(?![A-Za-z0-9_-])", Matcher.quoteReplacement("~"));
        }
        return rest.replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
    }
}
