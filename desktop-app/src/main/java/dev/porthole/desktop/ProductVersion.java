package dev.porthole.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The release that this is, such as {@code 0.1.0}. */
public final class ProductVersion {
    private static final String RESOURCE = "version.properties";

    private ProductVersion() {}

    /** Says it: the launcher's {@code --version}, which loads nothing else of the program. */
    public static void main(String[] args) {
        System.out.println(line());
    }

    /** As the build wrote it. */
    public static String text() {
        return read("version", "unknown");
    }

    /** What {@code --version} says. */
    public static String line() {
        return "porthole " + text();
    }

    /** The address of the list of releases; empty in a build that has none. */
    public static String updateFeed() {
        return read("update.feed", "");
    }

    /** The keys that may sign it; empty in a build that has none. */
    public static String updateKeys() {
        return read("update.keys", "");
    }

    private static String read(String name, String otherwise) {
        Properties properties = new Properties();
        try (InputStream in = ProductVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing: the build did not copy its resources");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(name, otherwise);
    }
}
