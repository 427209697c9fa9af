/**
 * Which certificate a visitor gets to see: from files, from a certificate authority of the server's own for trying out,
 * and from wherever {@link dev.porthole.server.edge.tls.Certificates} will be implemented next.
 */
@NullMarked
package dev.porthole.server.edge.tls;

import org.jspecify.annotations.NullMarked;
