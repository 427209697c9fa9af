package dev.porthole.desktop.cli;

import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.InvalidHostHeaderException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --host-header}. */
final class HostHeaderOption implements ITypeConverter<HostHeader> {
    static final String DESCRIPTION =
            "The Host that the program sees: \"visitor\" for the visitor's own, \"localhost\" for development servers that"
                    + " answer \"blocked host\", or a name such as shop.test.";

    @Override
    public HostHeader convert(String value) {
        try {
            return HostHeader.parse(value);
        } catch (InvalidHostHeaderException invalid) {
            throw new TypeConversionException(String.valueOf(invalid.getMessage()));
        }
    }
}
