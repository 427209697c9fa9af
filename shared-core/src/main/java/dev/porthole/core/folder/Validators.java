package dev.porthole.core.folder;

import io.netty.handler.codec.DateFormatter;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another, and what a request's conditions (RFC 9110, section 13) make of it.
 *
 * @param etag strong: size, and the time of the last change as exactly as the file system has it
 * @param modifiedSeconds since 1970
 */
record Validators(String etag, long modifiedSeconds) {
    /** IMF-fixdate (RFC 9110, section 5.6.7). */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    static Validators of(FileTime modified, long size) {
        String stamp = Long.toHexString(modified.to(TimeUnit.NANOSECONDS)) + "-" + Long.toHexString(size);
        return new Validators("\"" + stamp + "\"", Math.max(0, modified.to(TimeUnit.SECONDS)));
    }

    String lastModified() {
        return HTTP_DATE.format(Instant.ofEpochSecond(modifiedSeconds));
    }

    /** 412 or 304 if a condition says so, in the order of section 13.2.2; 200 if all hold. */
    int judge(FolderRequest request) {
        String match = request.field("if-match");
        if (match != null) {
            if (!names(match, false)) {
                return 412;
            }
        } else if (isAfter(request.field("if-unmodified-since"))) {
            return 412;
        }
        String noneMatch = request.field("if-none-match");
        if (noneMatch != null) {
            return names(noneMatch, true) ? 304 : 200;
        }
        Long since = seconds(request.field("if-modified-since"));
        return since != null && modifiedSeconds <= since ? 304 : 200;
    }

    /** Whether a range may be answered with a part: the visitor's other bytes are of this state (section 13.1.5). */
    boolean allowRange(FolderRequest request) {
        String condition = request.field("if-range");
        if (condition == null) {
            return true;
        }
        Long date = seconds(condition);
        return date == null ? condition.strip().equals(etag) : date == modifiedSeconds;
    }

    private boolean names(String list, boolean weakly) {
        if (list.strip().equals("*")) {
            return true;
        }
        for (String one : list.split(",", -1)) {
            String tag = one.strip();
            if (weakly && tag.startsWith("W/")) {
                tag = tag.substring(2);
            }
            if (tag.equals(etag)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAfter(@Nullable String date) {
        Long seconds = seconds(date);
        return seconds != null && modifiedSeconds > seconds;
    }

    /** A date that can't be read is as if it were not there. */
    private static @Nullable Long seconds(@Nullable String date) {
        if (date == null || date.isBlank()) {
            return null;
        }
        var parsed = DateFormatter.parseHttpDate(date.strip());
        return parsed == null ? null : parsed.toInstant().getEpochSecond();
    }
}
