package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** grpc-java on both ends, the agent between them. */
class GrpcEndpointTest {
    private static final MethodDescriptor<String, String> UNARY = GrpcWorld.method(MethodType.UNARY, "Unary");
    private static final MethodDescriptor<String, String> FAILING = GrpcWorld.method(MethodType.UNARY, "Failing");
    private static final MethodDescriptor<String, String> SILENT = GrpcWorld.method(MethodType.UNARY, "Silent");
    private static final MethodDescriptor<String, String> DOWN = GrpcWorld.method(MethodType.SERVER_STREAMING, "Down");
    private static final MethodDescriptor<String, String> UP = GrpcWorld.method(MethodType.CLIENT_STREAMING, "Up");
    private static final MethodDescriptor<String, String> BOTH = GrpcWorld.method(MethodType.BIDI_STREAMING, "Both");
    private static final Metadata.Key<String> WHY = Metadata.Key.of("why", Metadata.ASCII_STRING_MARSHALLER);

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private GrpcWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new GrpcWorld(InsecureServerCredentials.create(), "h2c", new EndpointCertificate.Verified(), service());
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    // T-W3, B-D4
    @Test
    void unaryCallComesBackWithItsStatusInTheTrailers() {
        assertThat(call(UNARY, "hello")).isEqualTo("you said hello");
        String large = "0123456789abcdef".repeat(200_000);
        assertThat(call(UNARY, large)).isEqualTo("you said " + large);
    }

    // T-W3
    @Test
    void refusalIsTrailersOnlyAndKeepsItsWords() {
        assertThatThrownBy(() -> call(FAILING, "x")).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(refused.getStatus().getDescription()).isEqualTo("not today: caf\u00e9");
            assertThat(Objects.requireNonNull(refused.getTrailers()).get(WHY)).isEqualTo("because");
        });
        assertThatThrownBy(() -> call(GrpcWorld.method(MethodType.UNARY, "Nowhere"), "x"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        unknown -> assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
    }

    // T-W4
    @Test
    void streamsInEitherDirectionArriveInOrder() throws Exception {
        Iterator<String> down =
                ClientCalls.blockingServerStreamingCall(world.channel(), DOWN, CallOptions.DEFAULT, "2000");
        for (int i = 0; i < 2000; i++) {
            assertThat(down.next()).isEqualTo("message " + i);
        }
        assertThat(down.hasNext()).isFalse();

        CompletableFuture<String> sum = new CompletableFuture<>();
        StreamObserver<String> up =
                ClientCalls.asyncClientStreamingCall(world.channel().newCall(UP, CallOptions.DEFAULT), completing(sum));
        for (int i = 0; i < 2000; i++) {
            up.onNext("message " + i);
        }
        up.onCompleted();
        assertThat(sum.get(20, TimeUnit.SECONDS)).isEqualTo("2000 messages");
    }

    // T-W4
    @Test
    void conversationGoesWordByWord() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        StreamObserver<String> talk =
                ClientCalls.asyncBidiStreamingCall(world.channel().newCall(BOTH, CallOptions.DEFAULT), into(heard));
        for (int i = 0; i < 50; i++) {
            talk.onNext("word " + i);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("echo word " + i);
        }
        talk.onCompleted();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("(end)");
    }

    // T-W5
    @Test
    void callerWhoCancelsCancelsInTheApp() throws Exception {
        ClientCall<String, String> call = world.channel().newCall(SILENT, CallOptions.DEFAULT);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        ClientCalls.asyncUnaryCall(call, "x", into(heard));
        assertThat(call(UNARY, "meanwhile")).isEqualTo("you said meanwhile");
        call.cancel("enough", null);
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("CANCELLED");
        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    }

    // B-D5
    @Test
    void deadlineEndsTheCallOnBothSides() throws Exception {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(world.channel(), SILENT, GrpcWorld.deadline(300), "x"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        late -> assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(call(UNARY, "after")).isEqualTo("you said after");
    }

    // B-B10
    @Test
    void serverBehindTlsIsSpokenToInHttp2() throws Exception {
        world.close();
        TestCertificates.Identity app = TestCertificates.selfSigned();
        world = new GrpcWorld(
                TlsServerCredentials.create(app.certificatePem(), app.keyPem()),
                "https",
                EndpointCertificate.parse(app.pin()),
                service());
        assertThat(call(UNARY, "hello")).isEqualTo("you said hello");
    }

    private String call(MethodDescriptor<String, String> method, String message) {
        return ClientCalls.blockingUnaryCall(world.channel(), method, GrpcWorld.deadline(60_000), message);
    }

    private ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("test.Echo")
                .addMethod(UNARY, ServerCalls.asyncUnaryCall((said, answer) -> {
                    answer.onNext("you said " + said);
                    answer.onCompleted();
                }))
                .addMethod(FAILING, ServerCalls.asyncUnaryCall((_, answer) -> {
                    Metadata trailers = new Metadata();
                    trailers.put(WHY, "because");
                    answer.onError(Status.FAILED_PRECONDITION
                            .withDescription("not today: caf\u00e9")
                            .asRuntimeException(trailers));
                }))
                .addMethod(
                        SILENT,
                        ServerCalls.asyncUnaryCall((_, answer) ->
                                ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(cancelled::countDown)))
                .addMethod(DOWN, ServerCalls.asyncServerStreamingCall((count, answer) -> {
                    for (int i = 0; i < Integer.parseInt(count); i++) {
                        answer.onNext("message " + i);
                    }
                    answer.onCompleted();
                }))
                .addMethod(UP, ServerCalls.asyncClientStreamingCall(GrpcEndpointTest::counting))
                .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(GrpcEndpointTest::echoing))
                .build();
    }

    private static StreamObserver<String> counting(StreamObserver<String> answer) {
        return new Listening() {
            private int count;

            @Override
            public void onNext(String message) {
                count += message.equals("message " + count) ? 1 : 0;
            }

            @Override
            public void onCompleted() {
                answer.onNext(count + " messages");
                answer.onCompleted();
            }
        };
    }

    private static StreamObserver<String> echoing(StreamObserver<String> answer) {
        return new Listening() {
            @Override
            public void onNext(String message) {
                answer.onNext("echo " + message);
            }

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    private static StreamObserver<String> into(BlockingQueue<String> heard) {
        return new Listening() {
            @Override
            public void onNext(String message) {
                heard.add(message);
            }

            @Override
            public void onError(Throwable failure) {
                heard.add(Status.fromThrowable(failure).getCode().name());
            }

            @Override
            public void onCompleted() {
                heard.add("(end)");
            }
        };
    }

    private static StreamObserver<String> completing(CompletableFuture<String> answer) {
        return new Listening() {
            @Override
            public void onNext(String message) {
                answer.complete(message);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        };
    }

    /** An observer that only says what it is interested in. */
    private abstract static class Listening implements StreamObserver<String> {
        @Override
        public void onError(Throwable failure) {}
    }
}
