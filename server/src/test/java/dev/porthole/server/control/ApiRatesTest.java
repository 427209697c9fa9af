package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.identity.Principal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiRatesTest {
    private static final int OFF = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    @Nullable
    private ControlFixture open;

    @AfterEach
    void stop() {
        if (open != null) {
            open.close();
        }
    }

    private ControlFixture server(int perCredential, int perAddress) {
        ControlLimits limits = new ControlLimits(
                OFF, OFF, OFF, OFF, perCredential, perAddress, address -> !address.isLoopbackAddress());
        open = new ControlFixture(folder, limits);
        return open;
    }

    @Test
    void aCredentialIsToldWhatIsLeftAndThenToWait() { // T-C5, B-E5
        ControlFixture server = server(10, OFF);
        // The fixture has asked for Ada's projects once.
        HttpResponse<String> second = server.get("/api/v1/me");
        assertThat(second.headers().firstValue("RateLimit-Policy")).contains("\"credential\";q=10;w=60");
        assertThat(second.headers().firstValue("RateLimit")).contains("\"credential\";r=8;t=12");
        for (int i = 0; i < 8; i++) {
            assertThat(server.get("/api/v1/nothing/" + i).statusCode())
                    .as("what finds no route asks for no credential")
                    .isEqualTo(404);
            assertThat(server.get("/api/v1/projects/prj_" + i).statusCode()).isEqualTo(404);
        }
        HttpResponse<String> refused = server.get("/api/v1/me");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(problem(refused).type()).isEqualTo("/problems/too-many-requests");
        assertThat(refused.headers().firstValue("Retry-After")).contains("6");
        assertThat(refused.headers().firstValue("RateLimit")).contains("\"credential\";r=0;t=6");
        assertThat(server.send("GET", "/api/v1/me", BOB, null).statusCode())
                .as("someone else")
                .isEqualTo(200);
        server.scheduler.advance(Duration.ofSeconds(5));
        assertThat(server.get("/api/v1/me").statusCode()).isEqualTo(429);
        server.scheduler.advance(Duration.ofSeconds(1));
        assertThat(server.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/me").statusCode()).isEqualTo(429);
    }

    @Test
    void thePagesOfAPersonAreCountedToo() { // T-C5, B-E5
        InProcessApi pages = server(3, OFF).control.inProcess();
        Principal ada = new Principal.UserPrincipal("usr_ada", "ses_ada");
        ApiRequest me = ApiRequest.of("GET", "/api/v1/me");
        for (int i = 0; i < 3; i++) {
            assertThat(pages.call(ada, me, "192.0.2.7")).isInstanceOf(ApiResult.Done.class);
        }
        assertThat(pages.call(ada, me, "192.0.2.7"))
                .isInstanceOfSatisfying(
                        ApiResult.Refused.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(429));
    }

    @Test
    void anAddressIsCountedWithAndWithoutACredential() { // T-C5, B-E5
        ControlFixture server = server(100, 3);
        assertThat(from(server, "192.0.2.7", null, "/health").statusCode()).isEqualTo(200);
        assertThat(from(server, "192.0.2.7", "guessed", "/api/v1/me").statusCode())
                .isEqualTo(401);
        HttpResponse<String> both = from(server, "192.0.2.7", ADA, "/api/v1/me");
        assertThat(both.headers().firstValue("RateLimit-Policy"))
                .contains("\"address\";q=3;w=60, \"credential\";q=100;w=60");
        assertThat(both.headers().firstValue("RateLimit")).contains("\"address\";r=0;t=60, \"credential\";r=98;t=2");
        HttpResponse<String> refused = from(server, "192.0.2.7", BOB, "/api/v1/me");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("20");
        assertThat(from(server, "192.0.2.8", BOB, "/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void oneNetworkOf64BitsIsOneAddress() { // T-C5
        ControlFixture server = server(OFF, 1);
        assertThat(from(server, "2001:db8:0:1::1", null, "/health").statusCode())
                .isEqualTo(200);
        assertThat(from(server, "2001:db8:0:1:ffff::9", null, "/health").statusCode())
                .isEqualTo(429);
        assertThat(from(server, "2001:db8:0:2::1", null, "/health").statusCode())
                .isEqualTo(200);
    }

    @Test
    void loopbackIsNotCountedButItsKeysAre() { // T-C5
        ControlFixture server = server(3, 1);
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = from(server, "127.0.0.1", null, "/health");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
        }
        assertThat(List.of(
                        from(server, "127.0.0.1", ADA, "/api/v1/me").statusCode(),
                        from(server, "127.0.0.1", ADA, "/api/v1/me").statusCode(),
                        from(server, "127.0.0.1", ADA, "/api/v1/me").statusCode()))
                .containsExactly(200, 200, 429);
    }

    @Test
    void manyAtOnceGetWhatThereIs() throws Exception { // T-C5
        TokenBuckets buckets = new TokenBuckets(50, new ManualScheduler()::now);
        List<Integer> admitted = Together.run(8, i -> {
            int count = 0;
            for (int call = 0; call < 20; call++) {
                count += buckets.take("one").admitted() ? 1 : 0;
            }
            return count;
        });
        assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
        assertThat(buckets.take("one").admitted()).isFalse();
    }

    @Test
    void whoeverIsForgottenBeginsAnew() { // T-C5, T-R5
        ManualScheduler clock = new ManualScheduler();
        TokenBuckets buckets = new TokenBuckets(1, clock::now);
        assertThat(buckets.take("first").admitted()).isTrue();
        assertThat(buckets.take("first").admitted()).isFalse();
        for (int i = 0; i < 2 * TokenBuckets.REMEMBERED; i++) {
            buckets.take("who " + i);
        }
        assertThat(buckets.remembered()).isEqualTo(TokenBuckets.REMEMBERED);
        assertThat(buckets.take("first").admitted()).isTrue();
    }

    private static HttpResponse<String> from(
            ControlFixture server, String address, @Nullable String token, String path) {
        HttpRequest request =
                server.request(path, token).header("X-Forwarded-For", address).build();
        return server.send(request);
    }
}
