package dev.porthole.core.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * The path of a {@code file:} URI (RFC 8089) in one normal form, so that one folder is one endpoint: percent-encoded as
 * UTF-8, without {@code .}, {@code ..}, empty segments and a slash at the end; a drive's letter is in upper case.
 *
 * <p>Text only: which system's folder it is, and whether it is there, is for the computer that has it to say.
 */
final class FolderPath {
    private static final int LONGEST = 4096;
    // RFC 3986, section 3.3: pchar, without the percent sign.
    private static final String KEPT = "-._~!$&'()*+,;=:@";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private FolderPath() {}

    /**
     * @param given what follows {@code file:}: {@code ///p}, {@code /p} or {@code //localhost/p}
     * @throws InvalidEndpointException with one line that says what was given and what was expected
     */
    static String normal(String given) {
        String path = given;
        if (path.startsWith("//")) {
            int slash = path.indexOf('/', 2);
            String host = slash < 0 ? path.substring(2) : path.substring(2, slash);
            if (!host.isEmpty() && !host.equalsIgnoreCase("localhost")) {
                throw invalid(given, "a folder of this computer, such as file:///home/ada/site");
            }
            path = slash < 0 ? "" : path.substring(slash);
        }
        if (!path.startsWith("/") || path.length() > LONGEST) {
            throw invalid(given, "an absolute path of at most " + LONGEST + " characters");
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw invalid(given, "a path without query and fragment; %3F and %23 are the characters");
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            add(segments, encoded(decoded(given, segment)), given);
        }
        String first = segments.isEmpty() ? "" : segments.getFirst();
        if (segments.isEmpty() || (segments.size() == 1 && isDrive(first))) {
            throw invalid(given, "a folder, not a whole disk");
        }
        if (isDrive(first)) {
            segments.removeFirst();
            segments.addFirst(Character.toUpperCase(first.charAt(0)) + ":");
        }
        return "/" + String.join("/", segments);
    }

    /** A normal path for people; as it is if it is no UTF-8. */
    static String shown(String normal) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded(normal, normal)))
                    .toString();
            return text.length() > 2 && text.charAt(2) == ':' ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            return normal;
        }
    }

    private static void add(Deque<String> segments, String segment, String given) {
        switch (segment) {
            case "", "." -> {}
            case ".." -> {
                if (segments.pollLast() == null) {
                    throw invalid(given, "a path that stays below /");
                }
            }
            default -> segments.addLast(segment);
        }
    }

    private static boolean isDrive(String segment) {
        return segment.length() == 2 && segment.charAt(1) == ':' && Character.isLetter(segment.charAt(0));
    }

    private static byte[] decoded(String given, String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        boolean whole = segment.indexOf('/') >= 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
                continue;
            }
            if (i + 2 >= bytes.length || !HexFormat.isHexDigit(bytes[i + 1]) || !HexFormat.isHexDigit(bytes[i + 2])) {
                throw invalid(given, "two hexadecimal digits after each %");
            }
            int value = HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]);
            if (value == 0 || (value == '/' && !whole)) {
                throw invalid(given, "no encoded NUL or slash in the path");
            }
            decoded.write(value);
            i += 2;
        }
        if (segment.indexOf('\0') >= 0) {
            throw invalid(given, "no NUL in the path");
        }
        return decoded.toByteArray();
    }

    private static String encoded(byte[] segment) {
        StringBuilder encoded = new StringBuilder(segment.length);
        for (byte octet : segment) {
            char letter = (char) (octet & 0xff);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || KEPT.indexOf(letter) >= 0);
            if (plain) {
                encoded.append(letter);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static InvalidEndpointException invalid(String given, String expected) {
        return new InvalidEndpointException("endpoint: file:" + given + " (expected: " + expected + ")");
    }
}
