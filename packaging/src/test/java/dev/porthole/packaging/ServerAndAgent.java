package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server and an agent as processes of their own, and the address of what the agent shares. */
record ServerAndAgent(Started server, Started agent, URI address) implements AutoCloseable {
    private static final String LISTENING = "listening on ";
    private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");

    /** Both of this build; ready when it returns. */
    static ServerAndAgent sharing(Path folder, String port) throws Exception {
        return sharing(folder, port, Distribution.OWN, Distribution.OWN);
    }

    /** Each of its own build; ready when it returns. */
    static ServerAndAgent sharing(Path folder, String port, Path serverDist, Path agentDist) throws Exception {
        String data = folder.resolve("data").toString();
        Started server = new Distribution(folder, serverDist)
                .with("PORTHOLE_ADMIN_USER", "ada")
                .with("PORTHOLE_ADMIN_PASSWORD", "lanterns over wet cobblestones")
                .start("server", "--data-dir", data, "--port", "0");
        String base = server.awaitOut(LISTENING).substring(LISTENING.length());
        try (Started token =
                new Distribution(folder, serverDist).start("server", "token", "--data-dir", data, "--user", "ada")) {
            assertThat(token.exitCode()).describedAs(token.err()).isZero();
            Started agent = new Distribution(folder, agentDist)
                    .with("PORTHOLE_SERVER", base)
                    .with("PORTHOLE_API_KEY", token.out())
                    .start("tunnel", "listen", "--endpoint", "127.0.0.1:" + port, "--output", "json");
            Matcher url = URL.matcher(agent.awaitOut("{\"event\":\"ready\""));
            assertThat(url.find()).isTrue();
            return new ServerAndAgent(server, agent, URI.create(url.group(1)));
        }
    }

    @Override
    public void close() {
        agent.close();
        server.close();
    }
}
