package dev.porthole.core.doctor;

import dev.porthole.core.api.HttpProxy;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.ServerProxies;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A plain connection to a server, through the proxy where there is one (CONNECT, RFC 9110 section 9.3.6). */
final class DirectSocket {
    private static final int LONGEST_HEAD = 16 * 1024;

    private DirectSocket() {}

    static Socket to(ServerAddress server, int limitMillis) throws IOException {
        String named = server.base().getHost();
        String host = named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
        int port = port(server);
        HttpProxy proxy = ServerProxies.ofThisComputer().proxyTo(server.base()).orElse(null);
        Socket socket = new Socket();
        try {
            socket.connect(
                    proxy == null
                            ? new InetSocketAddress(InetAddress.getByName(host), port)
                            : new InetSocketAddress(InetAddress.getByName(proxy.host()), proxy.port()),
                    limitMillis);
            socket.setSoTimeout(limitMillis);
            if (proxy != null) {
                open(socket, proxy, named + ":" + port);
            }
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    static int port(ServerAddress server) {
        int given = server.base().getPort();
        return given > 0 ? given : "https".equals(server.base().getScheme()) ? 443 : 80;
    }

    private static void open(Socket socket, HttpProxy proxy, String authority) throws IOException {
        StringBuilder request = new StringBuilder("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n");
        if (proxy.user() != null) {
            String credentials = proxy.user() + ":" + (proxy.password() == null ? "" : proxy.password());
            request.append("Proxy-Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                    .append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        String head = head(socket.getInputStream());
        String[] status = head.split("[ \r\n]", 3);
        if (status.length < 2 || !status[1].equals("200")) {
            throw new IOException("the proxy " + proxy.host() + ":" + proxy.port() + " answered "
                    + (status.length < 2 ? "nothing" : status[1]) + " (expected: 200)");
        }
    }

    /** Byte by byte: what comes after the empty line is not ours to read. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("the proxy's answer is no HTTP");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
