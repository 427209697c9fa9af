package dev.porthole.core.folder;

import dev.porthole.core.folder.FolderAnswer.Body;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers for a folder as a web server does: files with their types, validators and single ranges, {@code index.html},
 * listings. Nothing whose name begins with a dot, nothing that is neither file nor folder, and nothing outside: links
 * are followed only to what is inside.
 *
 * <p>Blocking, for virtual threads; any of them at once.
 */
public final class FolderSite {
    private static final String INDEX = "index.html";
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final Path root;

    /** @param root the folder by its real path, as {@link Path#toRealPath} has it */
    public FolderSite(Path root) {
        this.root = root;
    }

    /**
     * The folder, if it still is where it was shared from and not a link to elsewhere.
     *
     * @throws FolderGoneException if it is not
     */
    public void require() throws FolderGoneException {
        try {
            if (root.toRealPath().equals(root) && Files.isDirectory(root) && Files.isReadable(root)) {
                return;
            }
        } catch (IOException | SecurityException missing) {
            throw gone(missing);
        }
        throw new FolderGoneException(root);
    }

    /**
     * The answer to a request.
     *
     * @throws FolderGoneException if there is no folder any more
     */
    public FolderAnswer answer(FolderRequest request) throws FolderGoneException {
        if (!request.method().equals("GET") && !request.isHead()) {
            boolean options = request.method().equals("OPTIONS");
            return options
                    ? FolderAnswer.of(204, Map.of("allow", ALLOWED))
                    : page(
                            request,
                            405,
                            Pages.error(405, "This folder can be read, and nothing else."),
                            Map.of("allow", ALLOWED));
        }
        require();
        try {
            TargetPath target = TargetPath.of(request.target());
            Path found = find(target);
            return found == null ? notFound(request) : answer(request, target, found);
        } catch (TargetPath.RefusedException refused) {
            return refused.status() == 404
                    ? notFound(request)
                    : page(request, 400, Pages.error(400, "This address can't be read."), Map.of());
        } catch (AccessDeniedException denied) {
            return page(request, 403, Pages.error(403, "This may not be read."), Map.of());
        } catch (IOException gone) {
            // Moved away between two looks at it.
            return notFound(request);
        }
    }

    private FolderAnswer answer(FolderRequest request, TargetPath target, Path found) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(found, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isRegularFile()) {
            return target.endsWithSlash() ? notFound(request) : file(request, found, attributes);
        }
        if (!attributes.isDirectory()) {
            return notFound(request);
        }
        if (!target.endsWithSlash()) {
            // Relative links of a page below need it. The path begins with one slash and a name: it stays at this host.
            String query = request.target().substring(target.asSent().length());
            return page(
                    request,
                    301,
                    Pages.error(301, "This is a folder; its address ends with a slash."),
                    Map.of("location", target.asSent() + "/" + query));
        }
        Path index = inside(found.resolve(INDEX));
        if (index != null && Files.isRegularFile(index)) {
            return file(request, index, Files.readAttributes(index, BasicFileAttributes.class));
        }
        return page(request, 200, Pages.listing(target, FolderListing.of(found, this::inside)), Map.of());
    }

    private @Nullable Path find(TargetPath target) throws AccessDeniedException {
        Path path = root;
        try {
            for (String name : target.names()) {
                Path next = root.getFileSystem().getPath(name);
                // "C:x", "C:" and their like are more than a name on the systems that have them.
                if (next.isAbsolute() || next.getRoot() != null || next.getNameCount() != 1) {
                    return null;
                }
                path = path.resolve(next);
            }
        } catch (InvalidPathException noName) {
            return null;
        }
        return inside(path);
    }

    /** Where a path really leads, if that is inside and nothing on the way is hidden; null otherwise. */
    private @Nullable Path inside(Path path) throws AccessDeniedException {
        try {
            Path real = path.toRealPath();
            if (!real.startsWith(root)) {
                return null;
            }
            for (Path name : root.relativize(real)) {
                if (name.toString().startsWith(".")) {
                    return null;
                }
            }
            return real;
        } catch (AccessDeniedException denied) {
            throw denied;
        } catch (IOException missing) {
            return null;
        }
    }

    private static FolderAnswer file(FolderRequest request, Path path, BasicFileAttributes attributes)
            throws IOException {
        // The real path, so that a link that took its place meanwhile is not followed.
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            FolderAnswer answer = file(request, path, attributes, file);
            if (!(answer.body() instanceof Body.Part)) {
                file.close();
            }
            return answer;
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static FolderAnswer file(FolderRequest request, Path path, BasicFileAttributes attributes, FileChannel file)
            throws IOException {
        long size = file.size();
        Validators validators = Validators.of(attributes.lastModifiedTime(), size);
        int verdict = validators.judge(request);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("etag", validators.etag());
        fields.put("last-modified", validators.lastModified());
        // Always asked again, so that an edit shows at once; unchanged ones cost a 304.
        fields.put("cache-control", "no-cache");
        if (verdict == 412) {
            return page(request, 412, Pages.error(412, "The file has changed."), fields);
        }
        if (verdict == 304) {
            return FolderAnswer.of(304, fields);
        }
        fields.put("content-type", MediaTypes.of(path.getFileName().toString()));
        fields.put("x-content-type-options", "nosniff");
        fields.put("accept-ranges", "bytes");
        boolean ranged = !request.isHead() && validators.allowRange(request);
        return switch (ByteRange.of(ranged ? request.field("range") : null, size)) {
            case ByteRange.Whole _ -> part(request, 200, fields, file, 0, size);
            case ByteRange.Part(long first, long last) -> {
                fields.put("content-range", "bytes " + first + "-" + last + "/" + size);
                yield part(request, 206, fields, file, first, last - first + 1);
            }
            case ByteRange.Unsatisfiable _ -> {
                fields.put("content-range", "bytes */" + size);
                yield page(request, 416, Pages.error(416, "The file has no such part."), fields);
            }
        };
    }

    private static FolderAnswer part(
            FolderRequest request, int status, Map<String, String> fields, FileChannel file, long offset, long length) {
        fields.put("content-length", Long.toString(length));
        FolderAnswer answer = FolderAnswer.of(status, fields);
        return request.isHead() || length == 0 ? answer : answer.with(new Body.Part(file, offset, length));
    }

    private static FolderAnswer notFound(FolderRequest request) {
        return page(request, 404, Pages.error(404, "There is no such file in this folder."), Map.of());
    }

    private static FolderAnswer page(FolderRequest request, int status, byte[] html, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.putIfAbsent("cache-control", "no-cache");
        fields.put("content-type", "text/html; charset=utf-8");
        fields.put("content-security-policy", Pages.CONTENT_SECURITY_POLICY);
        fields.put("x-content-type-options", "nosniff");
        fields.put("content-length", Integer.toString(html.length));
        FolderAnswer answer = FolderAnswer.of(status, fields);
        return request.isHead() ? answer : answer.with(new Body.Page(html));
    }

    private FolderGoneException gone(Exception cause) {
        FolderGoneException gone = new FolderGoneException(root);
        gone.initCause(cause);
        return gone;
    }
}
