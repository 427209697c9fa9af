package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.core.TestControlPlane;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrganizationsClientTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final ApiKey KEY = new ApiKey(
            "key_1", "phk_abcd", "deploy", "usr_1", "prj_1", null, List.of("tunnels:read"), THEN, null, null);

    private final LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private TestControlPlane server;
    private OrganizationsClient client;

    @BeforeEach
    void start() throws Exception {
        server = new TestControlPlane();
        client = new ControlPlaneClient(new ServerAddress(server.base()), Credentials.ofKey("key-1"), "test").owners();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answers(String call, int status, Object body) {
        server.route(call, (exchange, given) -> {
            bodies.add(new String(given, StandardCharsets.UTF_8));
            TestControlPlane.json(exchange, status, body);
        });
    }

    @Test
    void aDeletionThatNobodyConfirmedSaysWhatHangsOnIt() throws Exception { // B-D13
        Problem problem = new Problem(
                "/problems/project-not-empty",
                "The project is not empty",
                409,
                "with it go 1 tunnels (happy-panda-dancing)",
                "confirm",
                List.of(new Dependents("tunnels", 1, List.of("happy-panda-dancing"))));
        answers("DELETE /api/v1/projects/prj_1", 409, problem);
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> client.deleteProject("prj_1", null));
        assertThat(refused.problem()).isEqualTo(problem);
    }

    @Test
    void keysAreMadeRotatedAndEnded() throws Exception { // B-D1
        answers("POST /api/v1/projects/prj_1/keys", 201, new NewApiKey(KEY, "phk_secret"));
        answers("POST /api/v1/projects/prj_1/keys/key_1/rotate", 201, new NewApiKey(KEY, "phk_other"));
        answers("GET /api/v1/projects/prj_1/keys", 200, new Page<>(List.of(KEY), 1, null));
        NewApiKey made = client.createKey("prj_1", new ApiKeyRequest("deploy", null, "tun_1", null));
        assertThat(made.secret()).isEqualTo("phk_secret");
        assertThat(made.toString()).doesNotContain("phk_secret");
        assertThat(bodies.take()).isEqualTo("{\"name\":\"deploy\",\"tunnel\":\"tun_1\"}");
        assertThat(client.rotateKey("prj_1", "key_1").secret()).isEqualTo("phk_other");
        assertThat(client.keys("prj_1")).containsExactly(KEY);
    }

    @Test
    void membersComeByInvitationAndChangeTheirRoles() throws Exception {
        Invitation invitation =
                new Invitation("inv_1", Role.viewer, null, "http://localhost/invitations/phi_x", THEN, THEN);
        answers("POST /api/v1/organizations/org_1/invitations", 201, invitation);
        answers("POST /api/v1/invitations/phi_x/accept", 200, new Organization("org_1", "Acme"));
        Member bob = new Member("usr_2", "Bob", null, Role.member, THEN);
        answers("PATCH /api/v1/organizations/org_1/members/usr_2", 200, bob);
        assertThat(client.invite("org_1", new InvitationRequest(Role.viewer, null, null)))
                .isEqualTo(invitation);
        assertThat(bodies.take()).isEqualTo("{\"role\":\"viewer\"}");
        assertThat(client.accept("phi_x").name()).isEqualTo("Acme");
        bodies.take();
        assertThat(client.changeRole("org_1", "usr_2", Role.member)).isEqualTo(bob);
        assertThat(bodies.take()).isEqualTo("{\"role\":\"member\"}");
    }

    @Test
    void quotaWithoutALimitIsReadAsNone() throws Exception { // B-D3
        answers("GET /api/v1/projects/prj_1/quota", 200, new Quota(null, 3, 10, 1, null, 0));
        assertThat(client.quota("prj_1")).isEqualTo(new Quota(null, 3, 10, 1, null, 0));
    }
}
