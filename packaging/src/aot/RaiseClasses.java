import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of jars that were compiled for Java 5 the form of Java 8, with the types at each jump written down
 * (StackMapTable, JVMS 4.10.1): without it, no start-up archive takes them, and the virtual machine works them out at each start.
 * Instructions stay as they are. See docs/decisions/start-up.md.
 *
 * <p>Arguments: a folder of jars, and how the names of those begin that are meant. Each is replaced by one that says in
 * {@code META-INF/CHANGES.porthole} what was done; one that has this is left alone.
 */
final class RaiseClasses {
    private static final String NOTE = "META-INF/CHANGES.porthole";
    /** Java 6 is the first that archives take; from 7 on the types have to be there. */
    private static final int OLD = ClassFile.JAVA_6_VERSION;

    private RaiseClasses() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, arguments[i] + "*.jar")) {
                for (Path jar : jars) {
                    raise(jar);
                }
            }
        }
    }

    private static void raise(Path jar) throws IOException {
        Path raised = jar.resolveSibling(jar.getFileName() + ".raised");
        FileTime time = Files.getLastModifiedTime(jar);
        try (ZipFile from = new ZipFile(jar.toFile())) {
            if (from.getEntry(NOTE) != null) {
                return;
            }
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(raised));
                    ZipOutputStream to = new ZipOutputStream(file)) {
                copy(from, to);
            }
        }
        Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.setLastModifiedTime(jar, time);
    }

    private static void copy(ZipFile from, ZipOutputStream to) throws IOException {
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(type -> entryOf(from, type))
                .orElse(ClassHierarchyResolver.defaultResolver())
                .cached();
        ClassFile format = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
        int raised = 0;
        for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            byte[] content = read(from, entry);
            if (entry.getName().endsWith(".class")) {
                ClassModel old = format.parse(content);
                if (old.majorVersion() < OLD) {
                    content = format.transformClass(old, asOfJava8());
                    raised++;
                }
            }
            add(to, entry.getName(), entry.getTime(), content);
        }
        String note = "Porthole's build has given " + raised + " classes of this jar, which were compiled for Java 5, the"
                + " class file format of Java 8.\nTheir instructions are unchanged.\n";
        add(to, NOTE, 0, note.getBytes(StandardCharsets.UTF_8));
    }

    private static ClassTransform asOfJava8() {
        ClassTransform version = (builder, element) -> builder.with(raised(element));
        // Passing the instructions through the builder is what writes the types down.
        return version.andThen(ClassTransform.transformingMethodBodies((CodeTransform) (builder, element) -> builder.with(element)));
    }

    private static ClassElement raised(ClassElement element) {
        return element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : element;
    }

    private static InputStream entryOf(ZipFile jar, ClassDesc type) {
        String descriptor = type.descriptorString();
        ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static void add(ZipOutputStream to, String name, long time, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        to.putNextEntry(entry);
        to.write(content);
        to.closeEntry();
    }
}
