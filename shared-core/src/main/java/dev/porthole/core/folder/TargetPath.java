package dev.porthole.core.folder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The names that a request target goes through (RFC 3986, section 3.3). They are split before they are decoded, so that
 * nothing encoded can become a separator, and every name that means more than itself to some system is refused.
 *
 * @param asSent the path without its query, percent-encoded as it came
 * @param names decoded, from the folder down
 * @param endsWithSlash whether the visitor asks for a folder
 */
record TargetPath(String asSent, List<String> names, boolean endsWithSlash) {
    /** A target that can't be meant for a file. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        private RefusedException(int status) {
            super("status " + status, null, false, false);
            this.status = status;
        }

        /** 400 for what is malformed, 404 for what is never served. */
        int status() {
            return status;
        }
    }

    TargetPath {
        names = List.copyOf(names);
    }

    static TargetPath of(String target) throws RefusedException {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        if (!path.startsWith("/")) {
            throw new RefusedException(400);
        }
        List<String> names = new ArrayList<>();
        String[] segments = path.substring(1).split("/", -1);
        boolean slash = segments[segments.length - 1].isEmpty();
        for (int i = 0; i < segments.length - (slash ? 1 : 0); i++) {
            names.add(name(segments[i]));
        }
        return new TargetPath(path, names, slash);
    }

    private static String name(String segment) throws RefusedException {
        String name = decoded(segment);
        // A dot in front covers "." and ".." too. No empty name: "//host" in a redirect would lead elsewhere.
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new RefusedException(404);
        }
        return name;
    }

    private static String decoded(String segment) throws RefusedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char letter = segment.charAt(i);
            int octet = letter;
            if (letter == '%') {
                if (i + 2 >= segment.length()
                        || !HexFormat.isHexDigit(segment.charAt(i + 1))
                        || !HexFormat.isHexDigit(segment.charAt(i + 2))) {
                    throw new RefusedException(400);
                }
                octet = HexFormat.fromHexDigits(segment, i + 1, i + 3);
                i += 2;
            }
            if (octet == 0 || octet > 0xff) {
                throw new RefusedException(400);
            }
            bytes.write(octet);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new RefusedException(404);
        }
    }
}
