package dev.porthole.core.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSiteTest {
    private static final String TEXT = "0123456789";

    @TempDir
    private Path temporary;

    private Path folder;
    private FolderSite site;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("site"));
        Files.writeString(temporary.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("ten.txt"), TEXT);
        Files.setLastModifiedTime(folder.resolve("ten.txt"), FileTime.from(Instant.parse("2026-11-05T08:49:37Z")));
        Files.writeString(folder.resolve("empty.css"), "");
        Files.writeString(folder.resolve("\u00fcber uns & <b>.html"), "<p>about</p>");
        Files.writeString(folder.resolve(".env"), "secret");
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "secret");
        Files.createDirectories(folder.resolve("with-index"));
        Files.writeString(folder.resolve("with-index/index.html"), "<p>index</p>");
        Files.createDirectories(folder.resolve("Albums"));
        Files.writeString(folder.resolve("Albums/a.PNG"), "png");
        Files.createSymbolicLink(folder.resolve("way-out.txt"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("way-up"), temporary);
        Files.createSymbolicLink(folder.resolve("to-env.txt"), folder.resolve(".env"));
        Files.createSymbolicLink(folder.resolve("inside.txt"), folder.resolve("ten.txt"));
        Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("missing"));
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        site = new FolderSite(folder);
    }

    private FolderAnswer ask(String method, String target, String... fields) throws IOException {
        Map<String, String> given = new java.util.HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            given.put(fields[i], fields[i + 1]);
        }
        return site.answer(new FolderRequest(method, target, given));
    }

    private static String text(FolderAnswer answer) throws IOException {
        try (answer) {
            return switch (answer.body()) {
                case FolderAnswer.Body.None _ -> "";
                case FolderAnswer.Body.Page page -> new String(page.bytes(), StandardCharsets.UTF_8);
                case FolderAnswer.Body.Part part -> {
                    ByteBuffer bytes = ByteBuffer.allocate((int) part.length());
                    part.file().read(bytes, part.offset());
                    yield new String(bytes.array(), StandardCharsets.UTF_8);
                }
            };
        }
    }

    @Test // T-W3
    void aFileComesWithItsTypeAndItsValidators() throws Exception {
        FolderAnswer answer = ask("GET", "/ten.txt?a=b");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.fields())
                .containsEntry("content-type", "text/plain; charset=utf-8")
                .containsEntry("content-length", "10")
                .containsEntry("last-modified", "Thu, 05 Nov 2026 08:49:37 GMT")
                .containsEntry("accept-ranges", "bytes")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("cache-control", "no-cache");
        assertThat(answer.fields().get("etag")).matches("\"[0-9a-f]+-a\"");
        assertThat(text(answer)).isEqualTo(TEXT);
        assertThat(text(ask("GET", "/inside.txt")))
                .as("a link that stays inside")
                .isEqualTo(TEXT);
        assertThat(text(ask("GET", "/%C3%BCber%20uns%20&%20%3Cb%3E.html"))).isEqualTo("<p>about</p>");
        assertThat(ask("GET", "/Albums/a.PNG").fields()).containsEntry("content-type", "image/png");
        assertThat(text(ask("GET", "/empty.css"))).isEmpty();
    }

    @Test // T-W3
    void headSaysWhatGetWouldSayAndSendsNothing() throws Exception {
        for (String target : new String[] {"/ten.txt", "/", "/missing", "/with-index", "/with-index/"}) {
            FolderAnswer head = ask("HEAD", target);
            FolderAnswer get = ask("GET", target);
            assertThat(head.status()).isEqualTo(get.status());
            assertThat(head.fields()).isEqualTo(get.fields());
            assertThat(head.body()).isInstanceOf(FolderAnswer.Body.None.class);
            get.close();
        }
    }

    // T-W11: no way out, nothing hidden, nothing that is neither file nor folder
    @ParameterizedTest
    @CsvSource({
        "/missing, 404",
        "/../secret.txt, 404",
        "/%2e%2e/secret.txt, 404",
        "/.%2e/secret.txt, 404",
        "/Albums/../../secret.txt, 404",
        "/Albums/%2e%2e%2f%2e%2e%2fsecret.txt, 404",
        "/..%2fsecret.txt, 404",
        "/..%5csecret.txt, 404",
        "/..\\secret.txt, 404",
        "/%2e%2e%5c%2e%2e%5csecret.txt, 404",
        "//etc/passwd, 404",
        "/%2fetc/passwd, 404",
        "/%2fetc%2fpasswd, 404",
        "/C:/Windows/win.ini, 404",
        "/C:%5cWindows%5cwin.ini, 404",
        "//server/share, 404",
        "/%5c%5cserver%5cshare, 404",
        "/.env, 404",
        "/%2eenv, 404",
        "/.git/config, 404",
        "/.git/, 404",
        "/Albums/.., 404",
        "/., 404",
        "/./ten.txt, 404",
        "/Albums//a.PNG, 404",
        "/way-out.txt, 404",
        "/way-up/secret.txt, 404",
        "/way-up/, 404",
        "/to-env.txt, 404",
        "/nowhere, 404",
        "/loop, 404",
        "/ten.txt/, 404",
        "/ten.txt/more, 404",
        "/ten.txt%00.html, 400",
        "/%00, 400",
        "/%, 400",
        "/%4, 400",
        "/%zz, 400",
        "ten.txt, 400",
        "http://other/ten.txt, 400",
        "*, 400",
        "/%ff, 404",
        "/%c0%ae%c0%ae/secret.txt, 404"
    })
    void thereIsNoWayOut(String target, int status) throws Exception {
        FolderAnswer answer = ask("GET", target);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(text(answer)).doesNotContain("secret").doesNotContain("root:");
    }

    @Test // T-R5: a pipe without a writer would hold whoever opens it
    void whatIsNeitherFileNorFolderIsNotOpened() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(ask("GET", "/pipe").status()).isEqualTo(404);
        assertThat(text(ask("GET", "/"))).doesNotContain("pipe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "PROPFIND", "get"})
    void nothingButReading(String method) throws Exception {
        FolderAnswer answer = ask(method, "/ten.txt");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.fields()).containsEntry("allow", "GET, HEAD, OPTIONS");
    }

    @Test
    void optionsSayWhatThereIs() throws Exception {
        FolderAnswer answer = ask("OPTIONS", "/ten.txt");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.fields()).containsEntry("allow", "GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "bytes=0-3, 206, bytes 0-3/10, 0123",
                "bytes=0-0, 206, bytes 0-0/10, 0",
                "bytes=7-, 206, bytes 7-9/10, 789",
                "bytes=9-9, 206, bytes 9-9/10, 9",
                "bytes=5-99, 206, bytes 5-9/10, 56789",
                "bytes=-3, 206, bytes 7-9/10, 789",
                "bytes=-99, 206, bytes 0-9/10, 0123456789",
                "Bytes= 1-2, 206, bytes 1-2/10, 12",
                "bytes=0-99999999999999999999999, 206, bytes 0-9/10, 0123456789",
                "bytes=10-, 416, bytes */10, -",
                "bytes=99999999999999999999999-, 416, bytes */10, -",
                "bytes=-0, 416, bytes */10, -",
                "bytes=3-1, 200, -, 0123456789",
                "bytes=-, 200, -, 0123456789",
                "bytes=a-b, 200, -, 0123456789",
                "bytes=+1-2, 200, -, 0123456789",
                "'bytes=0-1,3-4', 200, -, 0123456789",
                "lines=0-1, 200, -, 0123456789",
                "'', 200, -, 0123456789"
            })
    void oneRangeIsAnsweredAndWhatElseIsAskedIsIgnored(String range, int status, String shown, String body)
            throws Exception {
        FolderAnswer answer = ask("GET", "/ten.txt", "range", range);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.fields().get("content-range")).isEqualTo(shown);
        if (body != null) {
            assertThat(text(answer)).isEqualTo(body);
            assertThat(answer.fields()).containsEntry("content-length", String.valueOf(body.length()));
        }
        FolderAnswer head = ask("HEAD", "/ten.txt", "range", range);
        assertThat(head.status()).as("a range is for GET").isEqualTo(200);
    }

    @Test
    void anEmptyFileHasNoPart() throws Exception {
        assertThat(ask("GET", "/empty.css", "range", "bytes=0-").status()).isEqualTo(416);
        assertThat(ask("GET", "/empty.css", "range", "bytes=-1").status()).isEqualTo(416);
        assertThat(ask("GET", "/empty.css").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "if-none-match, ETAG, 304",
        "if-none-match, W/ETAG, 304",
        "if-none-match, '\"a\", ETAG', 304",
        "if-none-match, *, 304",
        "if-none-match, '\"a\"', 200",
        "if-modified-since, 'Thu, 05 Nov 2026 08:49:37 GMT', 304",
        "if-modified-since, 'Thursday, 05-Nov-26 08:49:37 GMT', 304",
        "if-modified-since, 'Thu, 05 Nov 2026 08:49:38 GMT', 304",
        "if-modified-since, 'Thu, 05 Nov 2026 08:49:36 GMT', 200",
        "if-modified-since, yesterday, 200",
        "if-match, ETAG, 200",
        "if-match, *, 200",
        "if-match, W/ETAG, 412",
        "if-match, '\"a\"', 412",
        "if-unmodified-since, 'Thu, 05 Nov 2026 08:49:37 GMT', 200",
        "if-unmodified-since, 'Thu, 05 Nov 2026 08:49:36 GMT', 412"
    })
    void conditionsHold(String field, String value, int status) throws Exception {
        String etag = String.valueOf(ask("HEAD", "/ten.txt").fields().get("etag"));
        FolderAnswer answer = ask("GET", "/ten.txt", field, value.replace("ETAG", etag));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.fields()).containsEntry("etag", etag);
        if (status == 304) {
            assertThat(answer.fields()).containsKey("last-modified").doesNotContainKey("content-length");
        }
        answer.close();
    }

    @Test
    void ifNoneMatchComesBeforeIfModifiedSince() throws Exception {
        FolderAnswer answer = ask(
                "GET", "/ten.txt", "if-none-match", "\"other\"", "if-modified-since", "Thu, 05 Nov 2026 08:49:37 GMT");
        assertThat(answer.status()).isEqualTo(200);
        answer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ETAG, 206",
        "'\"other\"', 200",
        "W/ETAG, 200",
        "'Thu, 05 Nov 2026 08:49:37 GMT', 206",
        "'Thu, 05 Nov 2026 08:49:38 GMT', 200"
    })
    void aPartOfAnotherStateIsTheWhole(String condition, int status) throws Exception {
        String etag = String.valueOf(ask("HEAD", "/ten.txt").fields().get("etag"));
        FolderAnswer answer = ask("GET", "/ten.txt", "range", "bytes=0-1", "if-range", condition.replace("ETAG", etag));
        assertThat(answer.status()).isEqualTo(status);
        answer.close();
    }

    @Test
    void aChangedFileHasAnotherTag() throws Exception {
        String before = String.valueOf(ask("HEAD", "/ten.txt").fields().get("etag"));
        Files.setLastModifiedTime(folder.resolve("ten.txt"), FileTime.from(Instant.parse("2026-11-05T08:49:37.5Z")));
        assertThat(ask("HEAD", "/ten.txt").fields().get("etag")).isNotEqualTo(before);
    }

    @Test // T-L4
    void aListingShowsNamesAsText() throws Exception {
        Files.writeString(folder.resolve("javascript:alert(1)"), "");
        Files.writeString(folder.resolve("\"><img src=x>"), "");
        FolderAnswer answer = ask("GET", "/");
        assertThat(answer.fields())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsKey("content-security-policy");
        String page = text(answer);
        assertThat(page)
                .contains("href=\"javascript%3Aalert%281%29\"")
                .contains("href=\"%22%3E%3Cimg%20src%3Dx%3E\"")
                .contains("href=\"%C3%BCber%20uns%20%26%20%3Cb%3E.html\"")
                .contains("&lt;b&gt;.html")
                .contains("href=\"Albums/\"")
                .contains("10 B")
                .contains("2026-11-05 08:49")
                .contains("inside.txt")
                .doesNotContain("<img")
                .doesNotContain("<b>");
        assertThat(page)
                .as("hidden, or not inside")
                .doesNotContain(".env")
                .doesNotContain(".git")
                .doesNotContain("way-")
                .doesNotContain("to-env")
                .doesNotContain("nowhere")
                .doesNotContain("loop");
        assertThat(page.indexOf("with-index/")).as("folders first").isLessThan(page.indexOf("empty.css"));
        assertThat(page.indexOf("Albums/")).isLessThan(page.indexOf("with-index/"));
        assertThat(page.indexOf("empty.css")).isLessThan(page.indexOf("inside.txt"));
    }

    @Test // T-L4
    void controlCharactersAreNotShown() {
        assertThat(Pages.escape("a\n\u001b[31m\u0085b")).isEqualTo("a\ufffd\ufffd[31m\ufffdb");
    }

    @Test
    void aFolderWithAnIndexShowsIt() throws Exception {
        assertThat(text(ask("GET", "/with-index/"))).isEqualTo("<p>index</p>");
        FolderAnswer moved = ask("GET", "/with-index?a=b");
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.fields()).containsEntry("location", "/with-index/?a=b");
        Files.delete(folder.resolve("with-index/index.html"));
        Files.createSymbolicLink(folder.resolve("with-index/index.html"), temporary.resolve("secret.txt"));
        assertThat(text(ask("GET", "/with-index/")))
                .contains("This folder is empty")
                .doesNotContain("secret");
    }

    @Test
    void aFolderThatIsGoneOrLeadsElsewhereIsNoFolder() throws Exception {
        Path moved = temporary.resolve("moved");
        Files.move(folder, moved);
        assertThatThrownBy(() -> ask("GET", "/ten.txt")).isInstanceOf(FolderGoneException.class);
        Files.createSymbolicLink(folder, moved);
        assertThatThrownBy(() -> ask("GET", "/ten.txt")).isInstanceOf(FolderGoneException.class);
        Files.delete(folder);
        Files.move(moved, folder);
        assertThat(text(ask("GET", "/ten.txt"))).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1536, 1.5 kB", "99400, 99.4 kB", "123456789, 123 MB"})
    void sizesAreShort(long bytes, String shown) {
        assertThat(Pages.size(bytes)).isEqualTo(shown);
    }
}
