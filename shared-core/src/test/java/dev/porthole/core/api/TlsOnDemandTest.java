package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsOnDemandTest {
    @TempDir
    private Path folder;

    @Test
    void authoritiesAreReadWhenTlsIsSpokenAndNotBefore() throws Exception {
        Path file = folder.resolve("authority.pem");
        Files.writeString(file, "not one");
        TlsOnDemand tls = new TlsOnDemand(new TrustedAuthorities(file));
        assertThatThrownBy(tls::prepare).isInstanceOf(IOException.class).hasMessageContaining("no certificate");
        assertThatThrownBy(() -> tls.createSSLEngine("localhost", 443)).hasMessageContaining("no certificate");
    }

    @Test
    void itSpeaksTheVersionsThatTheClientOfTheJdkSpeaksByItself() throws Exception {
        TlsOnDemand tls = new TlsOnDemand(new TrustedAuthorities(null));
        tls.prepare();
        SSLContext usual = new TrustedAuthorities(null).context();
        assertThat(usual.getDefaultSSLParameters().getProtocols())
                .containsExactlyInAnyOrder(TlsOnDemand.parameters().getProtocols());
        assertThat(tls.createSSLEngine("localhost", 443).getSupportedCipherSuites())
                .isEqualTo(usual.createSSLEngine().getSupportedCipherSuites());
        assertThat(tls.getClientSessionContext()).isNotNull();
    }
}
