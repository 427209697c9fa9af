package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds an external connector's credential: in a file, or in {@code PORTHOLE_CONNECTOR_TOKEN}. Says none of it. */
final class AgentCredential {
    private static final String VARIABLE = "PORTHOLE_CONNECTOR_TOKEN";
    private static final int LONGEST = 4096;
    /** RFC 6750, section 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private AgentCredential() {}

    private static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> "it is not there";
            case AccessDeniedException forbidden -> "it belongs to someone else";
            default -> String.valueOf(unreadable.getMessage());
        };
    }

    static String of(@Nullable Path file, Map<String, String> environment) throws PortholeException {
        if (file != null) {
            try (var in = Files.newInputStream(file)) {
                return checked(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8), file.toString());
            } catch (IOException unreadable) {
                throw new PortholeException(
                        Kind.WRONG_USE, file + ": can't be read: " + reason(unreadable), unreadable);
            }
        }
        String given = environment.getOrDefault(VARIABLE, "");
        if (given.isBlank()) {
            throw new PortholeException(
                    Kind.WRONG_USE, "credential: none (expected: " + VARIABLE + " or --token-file FILE)");
        }
        return checked(given, VARIABLE);
    }

    private static String checked(String given, String origin) throws PortholeException {
        String credential = given.strip();
        if (!TOKEN.matcher(credential).matches()) {
            throw new PortholeException(
                    Kind.WRONG_USE, origin + ": holds no credential (expected: phc_ and 43 characters)");
        }
        return credential;
    }
}
