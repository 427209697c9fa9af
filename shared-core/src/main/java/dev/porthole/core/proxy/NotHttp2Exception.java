package dev.porthole.core.proxy;

import java.io.IOException;

/** An endpoint that should speak HTTP/2 answered in another way, or not at all. */
final class NotHttp2Exception extends IOException {
    private static final long serialVersionUID = 1L;

    NotHttp2Exception(String what) {
        super(what);
    }
}
