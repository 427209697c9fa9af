package dev.porthole.server.relay;

import java.io.IOException;
import java.net.Socket;

/** Puts TLS on a connection to the public listener. Blocking. */
@FunctionalInterface
public interface SecureDial {
    /** The same connection with TLS, the handshake done; closing it closes both. {@code host}: the name to ask for. */
    Socket secure(Socket connected, String host) throws IOException;
}
