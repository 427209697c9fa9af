package dev.porthole.core.proxy;

import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.core.agent.AgentLimits;
import dev.porthole.core.agent.ManualTime;
import dev.porthole.core.agent.RecordingControl;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.core.wire.http2.PeerWatch;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A caller and a server of grpc-java with a real agent between them. A session is HTTP/2 turned around: after the
 * handshake the caller's own bytes are taken for the edge's, with the tunnel named in its metadata.
 */
final class GrpcWorld implements AutoCloseable {
    private static final Metadata.Key<String> TUNNEL =
            Metadata.Key.of(WireHeaders.TUNNEL, Metadata.ASCII_STRING_MARSHALLER);

    /** There is no control stream here: nobody waits for it. */
    private static final AgentLimits PATIENT = new AgentLimits(
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            PeerWatch.Times.every(Duration.ofHours(1)),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofMillis(600));

    private final Server server;
    private final ServerSocket edge = listen();
    private final ServerSocket visitors = listen();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Agent agent;
    private final ManagedChannel channel;

    GrpcWorld(
            ServerCredentials credentials,
            String scheme,
            EndpointCertificate certificate,
            ServerServiceDefinition service)
            throws IOException {
        server = Grpc.newServerBuilderForPort(0, credentials)
                .addService(service)
                .build()
                .start();
        RecordingControl control = new RecordingControl();
        agent = new Agent(
                new AgentConfig(
                        URI.create("http://localhost:" + edge.getLocalPort()),
                        "con_1",
                        "0.1.0",
                        1,
                        PATIENT,
                        ProxyLimits.USUAL),
                control,
                control,
                new ManualTime(),
                new Random(7));
        agent.carry(new CarriedTunnel(
                "tun_1",
                dev.porthole.core.api.Endpoint.parse(scheme + "://localhost:" + server.getPort()),
                dev.porthole.core.api.HostHeader.visitor(),
                false,
                certificate));
        agent.connect();
        Thread.ofVirtual().start(this::join);
        Metadata tunnel = new Metadata();
        tunnel.put(TUNNEL, "tun_1");
        channel = Grpc.newChannelBuilderForAddress(
                        "127.0.0.1", visitors.getLocalPort(), InsecureChannelCredentials.create())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(tunnel))
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    static CallOptions deadline(long millis) {
        return CallOptions.DEFAULT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    }

    /** A method whose messages are text. */
    static MethodDescriptor<String, String> method(MethodDescriptor.MethodType type, String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("test.Echo", name))
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    @Override
    public void close() throws IOException {
        channel.shutdownNow();
        agent.close();
        server.shutdownNow();
        edge.close();
        visitors.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void join() {
        try {
            Socket session = edge.accept();
            sockets.add(session);
            session.setTcpNoDelay(true);
            if (RawApp.head(session.getInputStream()).isEmpty()) {
                return;
            }
            session.getOutputStream()
                    .write(
                            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: ptth\r\nALPN: h2\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            Socket caller = visitors.accept();
            sockets.add(caller);
            caller.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pour(caller, session));
            pour(session, caller);
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }

    private static void pour(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException closed) {
            // One end is gone, and with it the other.
            return;
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        }
    }
}
