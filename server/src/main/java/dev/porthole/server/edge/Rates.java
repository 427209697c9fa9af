package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;

/** The rates at which requests go to tunnels: of one address, and to one tunnel. Event loop only. */
final class Rates {
    private final ClientAddress clients;
    private final RateLimit<Long> perAddress;
    private final RateLimit<String> perTunnel;

    Rates(Shares shares, ClientAddress clients, Ticker ticker) {
        this.clients = clients;
        this.perAddress = new RateLimit<>(shares.ratePerAddress(), ticker);
        this.perTunnel = new RateLimit<>(shares.ratePerTunnel(), ticker);
    }

    /** Seconds until an address may ask for something at any tunnel's address again; 0 if it may now. */
    int secondsToWait(Visitor visitor, HttpRequest request) {
        if (perAddress.isOff()) {
            return 0;
        }
        InetAddress client = clients.of(visitor.address(), request.headers());
        return clients.isCounted(client) ? perAddress.secondsToWait(ClientAddress.key(client)) : 0;
    }

    /** Seconds until a tunnel takes a request again; 0 if it does now. */
    int secondsToWait(String tunnel) {
        return perTunnel.secondsToWait(tunnel);
    }
}
