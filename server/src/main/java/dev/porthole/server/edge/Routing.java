package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a request. Event loop only. */
interface Routing {
    /** Starts the exchange; null if it was answered already. */
    @Nullable
    Exchange route(Visitor visitor, HttpRequest request);
}
