package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerProxiesTest {
    private static final URI SERVER = URI.create("https://tunnels.example.com");

    // T-L5
    @Test
    void theEnvironmentSaysWhichProxyAndWithWhichName() {
        HttpProxy proxy = proxy(Map.of("HTTPS_PROXY", "http://ann:p%40ss:word@proxy.example.com:3128"), SERVER)
                .orElseThrow();
        assertThat(proxy.host()).isEqualTo("proxy.example.com");
        assertThat(proxy.port()).isEqualTo(3128);
        assertThat(proxy.authorization()).isEqualTo("Basic YW5uOnBAc3M6d29yZA==");
        // T-C6
        assertThat(proxy).hasToString("proxy.example.com:3128");
    }

    // T-L5
    @ParameterizedTest
    @CsvSource({
        "https_proxy, proxy:3128, proxy:3128",
        "ALL_PROXY, http://proxy, proxy:80",
        "all_proxy, http://[2001:db8::1]:8080/, [2001:db8::1]:8080"
    })
    void theUsualSpellingsAreUnderstood(String name, String value, String expected) {
        assertThat(proxy(Map.of(name, value), SERVER)).map(HttpProxy::toString).contains(expected);
    }

    // T-L5
    @ParameterizedTest
    @CsvSource({
        "tunnels.example.com, true",
        "example.com, true",
        ".example.com, true",
        "*.example.com, true",
        "'other.test, example.com', true",
        "*, true",
        "tunnels.example.com:443, false",
        "ample.com, false",
        "example.org, false"
    })
    void noProxyNamesTheServersThatAreReachedDirectly(String exceptions, boolean direct) {
        Optional<HttpProxy> proxy = proxy(Map.of("https_proxy", "proxy:3128", "no_proxy", exceptions), SERVER);
        assertThat(proxy.isEmpty()).isEqualTo(direct);
    }

    // T-L5
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080",
        "https://localhost",
        "http://porthole.localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080"
    })
    void thisComputerIsNeverReachedThroughAProxy(String server) {
        assertThat(proxy(Map.of("https_proxy", "proxy:3128"), URI.create(server)))
                .isEmpty();
    }

    // T-L5
    @Test
    void withoutAWordOfTheEnvironmentTheSystemsSettingsCount() {
        ProxySelector system = new ProxySelector() {
            @Override
            public List<Proxy> select(URI asked) {
                assertThat(asked).isEqualTo(URI.create("https://tunnels.example.com"));
                return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("office", 8080)));
            }

            @Override
            public void connectFailed(URI server, SocketAddress proxy, IOException failure) {}
        };
        assertThat(new ServerProxies(Map.of(), system).proxyTo(SERVER)).contains(new HttpProxy("office", 8080));
        assertThat(new ServerProxies(Map.of("HTTPS_PROXY", "mine:1"), system).proxyTo(SERVER))
                .contains(new HttpProxy("mine", 1));
        assertThat(new ServerProxies(Map.of("NO_PROXY", "*"), system).proxyTo(SERVER))
                .isEmpty();
    }

    // T-C6
    @Test
    void aProxyThatIsNoneIsSaidWithoutItsPassword() {
        assertThatThrownBy(() -> HttpProxy.parse("socks5://ann:secret@proxy:1080"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("socks5://proxy (expected: http://host:port, the proxy's own address)");
        assertThatThrownBy(() -> HttpProxy.parse("http://ann:sec ret@proxy"))
                .hasMessage("no address (expected: http://host:port)");
        assertThat(proxy(Map.of("https_proxy", "socks5://proxy:1080"), SERVER)).isEmpty();
    }

    // T-R2
    @Test
    void namesAreLookedUpAnewForEachDial() throws Exception {
        assertThat(java.net.InetAddress.getAllByName("a.localhost")[0].isLoopbackAddress())
                .isTrue();
        assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
    }

    private static Optional<HttpProxy> proxy(Map<String, String> environment, URI server) {
        return new ServerProxies(environment, null).proxyTo(server);
    }
}
