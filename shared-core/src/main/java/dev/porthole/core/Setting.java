package dev.porthole.core;

import dev.porthole.core.config.Config;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One choice of {@code config.yml} that people may make by its name.
 *
 * @param key such as {@code theme}
 * @param meaning one line for people
 * @param expected what may be chosen, for people and for completion: words with {@code |} between them, or a
 *     description
 * @param normal reads what was typed into what is kept
 * @param reader what is chosen now
 * @param writer with another choice, or (null) none
 */
public record Setting(
        String key,
        String meaning,
        String expected,
        UnaryOperator<String> normal,
        Function<Config, Optional<String>> reader,
        BiFunction<Config, @Nullable String, Config> writer) {
    /** What is chosen; empty where Porthole decides. */
    public Optional<String> of(Config config) {
        return reader.apply(config);
    }

    /**
     * With this choice.
     *
     * @throws InvalidSettingException if it can't be, with one line that says what was given and what was expected
     */
    public Config with(Config config, String typed) {
        return writer.apply(config, checked(typed));
    }

    /** Without a choice. */
    public Config without(Config config) {
        return writer.apply(config, null);
    }

    /** What is kept for what was typed; fails as {@link #with} does. */
    public String checked(String typed) {
        return normal.apply(typed.strip());
    }
}
