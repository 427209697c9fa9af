package dev.porthole.core.folder;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Content types by the end of a name: one table for all systems, since a system's own differs and may be missing. */
final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> BY_EXTENSION = table("""
            text/html; charset=utf-8              html htm
            text/css; charset=utf-8               css
            text/javascript; charset=utf-8        js mjs cjs
            text/plain; charset=utf-8             txt text log md conf ini yml yaml toml
            text/csv; charset=utf-8               csv
            text/xml; charset=utf-8               xml xsl
            text/vtt; charset=utf-8               vtt
            application/json                      json map
            application/ld+json                   jsonld
            application/manifest+json             webmanifest
            application/atom+xml                  atom
            application/rss+xml                   rss
            application/xhtml+xml                 xhtml xht
            application/pdf                       pdf
            application/wasm                      wasm
            application/zip                       zip
            application/gzip                      gz tgz
            application/x-tar                     tar
            application/x-7z-compressed           7z
            application/epub+zip                  epub
            application/rtf                       rtf
            application/msword                    doc
            application/vnd.ms-excel              xls
            application/vnd.ms-powerpoint         ppt
            application/vnd.openxmlformats-officedocument.wordprocessingml.document    docx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet          xlsx
            application/vnd.openxmlformats-officedocument.presentationml.presentation  pptx
            image/svg+xml                         svg
            image/png                             png
            image/jpeg                            jpg jpeg
            image/gif                             gif
            image/webp                            webp
            image/avif                            avif
            image/bmp                             bmp
            image/tiff                            tif tiff
            image/x-icon                          ico
            audio/mpeg                            mp3
            audio/mp4                             m4a
            audio/ogg                             ogg oga opus
            audio/wav                             wav
            audio/flac                            flac
            audio/aac                             aac
            audio/midi                            mid midi
            video/mp4                             mp4 m4v
            video/webm                            webm
            video/ogg                             ogv
            video/quicktime                       mov
            video/mp2t                            ts
            video/x-matroska                      mkv
            video/x-msvideo                       avi
            font/woff                             woff
            font/woff2                            woff2
            font/ttf                              ttf
            font/otf                              otf
            """);

    private MediaTypes() {}

    static String of(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_EXTENSION.getOrDefault(extension, UNKNOWN);
    }

    private static Map<String, String> table(String lines) {
        Map<String, String> table = new HashMap<>();
        lines.lines().forEach(line -> {
            String[] columns = line.split(" {2,}", -1);
            for (String extension : columns[1].split(" ", -1)) {
                table.put(extension, columns[0]);
            }
        });
        return table;
    }
}
