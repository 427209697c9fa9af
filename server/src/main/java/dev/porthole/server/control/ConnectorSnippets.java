package dev.porthole.server.control;

import dev.porthole.core.api.ConnectorConnection.Snippet;
import java.util.List;

/**
 * Text that makes a headless agent run, for each way to run one. Only the server's address and the credential differ,
 * and neither can hold a quote: nothing has to be escaped. Without a credential each says so and takes the one that the
 * machine has already.
 *
 * @param server the server's own address, without a slash in the end
 * @param image the container's image
 * @param credential the secret; empty if it is not known any more
 * @param prefix by which people recognise it
 */
record ConnectorSnippets(String server, String image, String credential, String prefix) {
    /** What stands where a credential would be. */
    static final String NOT_SHOWN = "rotate to reveal a new one; the current one cannot be shown";

    List<Snippet> all() {
        return List.of(
                new Snippet("cli", "Command line", "shell", cli()),
                new Snippet("environment", "Environment file", "ini", environment()),
                new Snippet("systemd", "systemd unit", "shell", systemd()),
                new Snippet("docker", "Docker", "shell", docker()),
                new Snippet("compose", "Docker Compose", "yaml", compose()),
                new Snippet("kubernetes", "Kubernetes", "yaml", kubernetes()),
                new Snippet("curl", "curl", "shell", curl()));
    }

    private boolean isShown() {
        return !credential.isEmpty();
    }

    /** A comment's line, where a credential is missing. */
    private String notShown() {
        return isShown() ? "" : "# PORTHOLE_CONNECTOR_TOKEN: " + NOT_SHOWN + "\n";
    }

    private String cli() {
        return notShown() + (isShown() ? "PORTHOLE_CONNECTOR_TOKEN='" + credential + "' \\\n  " : "")
                + "porthole agent --server '" + server + "'\n";
    }

    private String environment() {
        return "# /etc/porthole/agent.env, mode 0600\n" + variables();
    }

    private String variables() {
        return "PORTHOLE_SERVER=" + server + "\n"
                + (isShown() ? "PORTHOLE_CONNECTOR_TOKEN=" + credential + "\n" : notShown());
    }

    /** The unit in a script that puts it and the credential in place: a unit's own text is everyone's to read. */
    private String systemd() {
        String secret = isShown() ? """
                sudo install -D -m 600 /dev/stdin /etc/porthole/agent.env <<'END'
                %sEND
                """.formatted(variables()) : notShown();
        return secret + """
                sudo tee /etc/systemd/system/porthole-agent.service >/dev/null <<'END'
                [Unit]
                Description=Porthole agent for %s
                Wants=network-online.target
                After=network-online.target
                StartLimitIntervalSec=0

                [Service]
                Type=notify
                ExecStart=/usr/bin/porthole agent
                EnvironmentFile=/etc/porthole/agent.env
                Environment=PORTHOLE_HOME=/var/lib/porthole-agent
                DynamicUser=yes
                StateDirectory=porthole-agent
                Restart=always
                RestartSec=5
                # 2: wrong use. 3: the credential is refused, and stays so.
                RestartPreventExitStatus=2 3
                # The agent says twice in this time that it works.
                WatchdogSec=60
                NoNewPrivileges=yes
                ProtectSystem=strict
                ProtectHome=yes
                PrivateTmp=yes

                [Install]
                WantedBy=multi-user.target
                END
                sudo systemctl daemon-reload
                sudo systemctl enable porthole-agent
                sudo systemctl restart porthole-agent
                """.formatted(server);
    }

    private String docker() {
        String value = isShown() ? "='" + credential + "'" : "";
        return notShown() + """
                docker run --detach --name porthole-agent --restart unless-stopped --network host \\
                  --env PORTHOLE_CONNECTOR_TOKEN%s \\
                  %s agent --server '%s'
                """.formatted(value, image, server);
    }

    private String compose() {
        // Without a value Compose takes the variable from its own environment.
        String value = isShown() ? "=" + credential : "";
        return notShown() + """
                services:
                  porthole-agent:
                    image: "%s"
                    command: ["agent", "--server", "%s"]
                    environment:
                      - "PORTHOLE_CONNECTOR_TOKEN%s"
                    network_mode: host
                    restart: unless-stopped
                """.formatted(image, server, value);
    }

    /** The prefix among the annotations starts new pods when another credential is applied. */
    private String kubernetes() {
        String secret = isShown() ? """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: porthole-agent
                type: Opaque
                stringData:
                  credential: "%s"
                ---
                """.formatted(credential) : notShown();
        return secret + """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: porthole-agent
                  labels:
                    app.kubernetes.io/name: porthole-agent
                spec:
                  replicas: 1
                  selector:
                    matchLabels:
                      app.kubernetes.io/name: porthole-agent
                  template:
                    metadata:
                      labels:
                        app.kubernetes.io/name: porthole-agent
                      annotations:
                        porthole.dev/credential: "%s"
                    spec:
                      securityContext:
                        runAsNonRoot: true
                        seccompProfile:
                          type: RuntimeDefault
                      containers:
                        - name: agent
                          image: "%s"
                          args: ["agent", "--server", "%s"]
                          env:
                            - name: PORTHOLE_CONNECTOR_TOKEN
                              valueFrom:
                                secretKeyRef:
                                  name: porthole-agent
                                  key: credential
                          securityContext:
                            allowPrivilegeEscalation: false
                            capabilities:
                              drop: ["ALL"]
                """.formatted(prefix, image, server);
    }

    private String curl() {
        String shown = isShown() ? credential : "$PORTHOLE_CONNECTOR_TOKEN";
        return notShown() + """
                curl --fail --silent --show-error \\
                  --header "Authorization: Bearer %s" \\
                  '%s/api/v1/connector'
                """.formatted(shown, server);
    }
}
