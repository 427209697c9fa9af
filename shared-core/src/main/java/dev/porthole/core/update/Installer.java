package dev.porthole.core.update;

import java.net.URI;

/**
 * A file that installs a release on one kind of computer, as the signed feed vouches for it.
 *
 * @param platform such as {@code linux-x86_64.deb}; see {@link InstallerPlatform}
 * @param url an https address
 * @param sha256 of the file (FIPS 180-4), in lower-case hexadecimal digits
 * @param bytes how long it is
 */
public record Installer(String platform, URI url, String sha256, long bytes) {}
