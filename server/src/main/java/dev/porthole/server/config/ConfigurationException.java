package dev.porthole.server.config;

import java.util.List;

/** All that is wrong with a configuration, at once. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    ConfigurationException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One line each, with where it is and what was expected. */
    public List<String> mistakes() {
        return mistakes;
    }
}
