package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's Django behind a public name that it does not know. Its own check of Origin came with Django 4; the view does
 * the same.
 */
@Tag("tools")
class DjangoTest {
    private static final String APP = """
            import sys
            from django.conf import settings
            from django.core.management import execute_from_command_line
            from django.http import HttpResponse
            from django.middleware.csrf import get_token
            from django.urls import path

            settings.configure(
                DEBUG=True, ROOT_URLCONF=__name__, SECRET_KEY="only for this test", CSRF_USE_SESSIONS=False,
                MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"])

            def form(request):
                if request.method == "POST":
                    origin = request.scheme + "://" + request.get_host()
                    same = request.headers.get("Origin") == origin
                    return HttpResponse(("posted to " if same else "forged for ") + request.build_absolute_uri())
                return HttpResponse("token=" + get_token(request) + ";")

            urlpatterns = [path("", form)]
            execute_from_command_line(sys.argv)
            """;

    @TempDir
    private Path folder;

    // T-W3, T-W9
    @Test
    void publicNameIsRefusedWithAHintAndFormsPassWithItsOwn() throws Exception {
        Path script = Files.writeString(folder.resolve("app.py"), APP);
        int port = freePort();
        Process django = new ProcessBuilder(
                        "/usr/bin/python3", "-u", script.toString(), "runserver", "--noreload", "127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        try (World world = World.start("tunnels.test")) {
            awaitLine(django, "Quit the server");
            Tunnel tunnel = world.share(port).tunnel();
            assertThat(Visitor.get(tunnel.url(), "/").status()).isEqualTo(400);
            TunnelState seen = world.awaitTunnel(tunnel.id(), state -> state.blockedHost() != null);
            BlockedHost hint = Objects.requireNonNull(seen.blockedHost());
            assertThat(hint.advice(HostHeader.visitor()))
                    .isEqualTo("Django refuses the public name. Use --host-header localhost, or add the name to"
                            + " ALLOWED_HOSTS in settings.py.");

            world.porthole().show(tunnel.id(), HostHeader.localhost());
            assertThat(world.awaitTunnel(tunnel.id(), state -> state.blockedHost() == null)
                            .blockedHost())
                    .isNull();
            try (Visitor visitor = Visitor.at(tunnel.url())) {
                visitor.send("GET", "/", "");
                Visitor.Response form = visitor.receive();
                assertThat(form.status()).isEqualTo(200);
                String cookie = form.head().field("set-cookie").split(";", 2)[0];
                Matcher token = Pattern.compile("token=([^;]+);").matcher(form.text());
                assertThat(token.find()).isTrue();
                post(visitor, tunnel.url(), cookie, token.group(1));
                assertThat(visitor.receive().text()).isEqualTo("posted to http://localhost:" + port + "/");
                post(visitor, "https://evil.example", cookie, token.group(1));
                assertThat(visitor.receive().text()).startsWith("forged for ");
            }
        } finally {
            django.destroy();
            django.onExit().join();
        }
    }

    private static void post(Visitor visitor, String origin, String cookie, String token) throws Exception {
        visitor.send(
                "POST",
                "/",
                "Origin: " + origin + "\r\nCookie: " + cookie + "\r\nX-CSRFToken: " + token
                        + "\r\nContent-Length: 0\r\n");
    }

    private static void awaitLine(Process process, String wanted) throws Exception {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(wanted)) {
                Thread.ofVirtual()
                        .name("django-output")
                        .start(() -> output.lines().forEach(_ -> {}));
                return;
            }
        }
        throw new AssertionError("django ended before it listened");
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
