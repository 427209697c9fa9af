package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.api.Endpoint;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** grpc-java as the visitor and as the app, the whole of Porthole between them. */
class GrpcTest {
    private static final MethodDescriptor<String, String> UNARY = method(MethodType.UNARY, "Unary");
    private static final MethodDescriptor<String, String> FAILING = method(MethodType.UNARY, "Failing");
    private static final MethodDescriptor<String, String> DOWN = method(MethodType.SERVER_STREAMING, "Down");
    private static final MethodDescriptor<String, String> BOTH = method(MethodType.BIDI_STREAMING, "Both");

    private World world;
    private Server app;
    private ManagedChannel visitor;

    @BeforeEach
    void open() throws Exception {
        app = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(service())
                .build()
                .start();
        world = World.start();
        URI url = URI.create(world.porthole()
                .share(ShareRequest.of(Endpoint.parse("h2c://localhost:" + app.getPort())), step -> {})
                .tunnel()
                .url());
        visitor = Grpc.newChannelBuilderForAddress("127.0.0.1", world.port(), InsecureChannelCredentials.create())
                .overrideAuthority(url.getAuthority())
                .build();
    }

    @AfterEach
    void close() {
        visitor.shutdownNow();
        world.close();
        app.shutdownNow();
    }

    // T-W3, T-W4
    @Test
    void callsAnswersAndRefusalsPassWithTheirTrailers() {
        String large = "0123456789abcdef".repeat(100_000);
        assertThat(ClientCalls.blockingUnaryCall(visitor, UNARY, CallOptions.DEFAULT, large))
                .isEqualTo("you said " + large);
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(visitor, FAILING, CallOptions.DEFAULT, "x"))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                    assertThat(refused.getStatus().getDescription()).isEqualTo("not today");
                });
    }

    // T-W4
    @Test
    void streamOfManyMessagesArrivesInItsOrder() {
        Iterator<String> answers = ClientCalls.blockingServerStreamingCall(visitor, DOWN, CallOptions.DEFAULT, "1000");
        for (int number = 0; number < 1000; number++) {
            assertThat(answers.next()).isEqualTo("message " + number);
        }
        assertThat(answers.hasNext()).isFalse();
    }

    // T-W4
    @Test
    void eachMessageOfAConversationIsAnsweredBeforeTheNextIsSaid() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        StreamObserver<String> says =
                ClientCalls.asyncBidiStreamingCall(visitor.newCall(BOTH, CallOptions.DEFAULT), new Listener(heard));
        for (String word : new String[] {"one", "two", "three"}) {
            says.onNext(word);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("you said " + word);
        }
        says.onCompleted();
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("(end)");
    }

    private static ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("test.Words")
                .addMethod(UNARY, ServerCalls.asyncUnaryCall((said, answer) -> {
                    answer.onNext("you said " + said);
                    answer.onCompleted();
                }))
                .addMethod(
                        FAILING,
                        ServerCalls.asyncUnaryCall((said, answer) -> answer.onError(Status.FAILED_PRECONDITION
                                .withDescription("not today")
                                .asRuntimeException())))
                .addMethod(DOWN, ServerCalls.asyncServerStreamingCall((count, answer) -> {
                    for (int number = 0; number < Integer.parseInt(count); number++) {
                        answer.onNext("message " + number);
                    }
                    answer.onCompleted();
                }))
                .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(answer -> new Echo(answer)))
                .build();
    }

    private static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("test.Words", name))
                .setRequestMarshaller(new Words())
                .setResponseMarshaller(new Words())
                .build();
    }

    /** Text as it is, without protocol buffers. */
    private static final class Words implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private record Echo(StreamObserver<String> answer) implements StreamObserver<String> {
        @Override
        public void onNext(String said) {
            answer.onNext("you said " + said);
        }

        @Override
        public void onError(Throwable broken) {
            answer.onError(broken);
        }

        @Override
        public void onCompleted() {
            answer.onCompleted();
        }
    }

    private record Listener(BlockingQueue<String> heard) implements StreamObserver<String> {
        @Override
        public void onNext(String said) {
            heard.add(said);
        }

        @Override
        public void onError(Throwable broken) {
            heard.add(broken.toString());
        }

        @Override
        public void onCompleted() {
            heard.add("(end)");
        }
    }
}
