package dev.porthole.desktop.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How data is written. */
enum OutputFormat {
    /** Tables and lines for people. */
    table,
    /** One document, or one object a line where news keep coming. */
    json;

    /** Reads {@code --output}. */
    static final class Reader implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                // "text" was the word of the first releases.
                case "table", "text" -> table;
                case "json" -> json;
                default -> throw new TypeConversionException(value + " (expected: table or json)");
            };
        }
    }
}
