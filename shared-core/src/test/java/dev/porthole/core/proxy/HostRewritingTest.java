package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRewritingTest {
    private static final String PUBLIC = "quiet-blue-fox.example.com";

    private static HostRewriting rewriting(String endpoint, String host) {
        CarriedTunnel tunnel = new CarriedTunnel("tun_1", Endpoint.parse(endpoint), HostHeader.parse(host), false);
        return new HostRewriting(tunnel, "https", PUBLIC);
    }

    @ParameterizedTest
    @CsvSource({
        "3000, visitor, quiet-blue-fox.example.com",
        "3000, localhost, localhost:3000",
        "80, localhost, localhost",
        "https://localhost:443, localhost, localhost",
        "https://localhost:80, localhost, localhost:80",
        "nas.local:8080, localhost, nas.local:8080",
        "3000, shop.test, shop.test",
        "3000, shop.test:8443, shop.test:8443"
    })
    void hostIsWhatTheTunnelSays(String endpoint, String mode, String host) {
        assertThat(rewriting(endpoint, mode).host()).isEqualTo(host);
    }

    // T-W3: what is not exactly the public address stays, byte for byte
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "origin, https://quiet-blue-fox.example.com, http://localhost:3000",
                "origin, http://quiet-blue-fox.example.com, http://localhost:3000",
                "origin, HTTPS://Quiet-Blue-Fox.Example.Com, http://localhost:3000",
                "origin, null, null",
                "origin, https://evil.example, https://evil.example",
                "origin, https://quiet-blue-fox.example.com.evil.example, https://quiet-blue-fox.example.com.evil.example",
                "origin, https://quiet-blue-fox.example.com:8443, https://quiet-blue-fox.example.com:8443",
                "origin, https://quiet-blue-fox.example.com@evil.example, https://quiet-blue-fox.example.com@evil.example",
                "referer, https://quiet-blue-fox.example.com/a?b=https://quiet-blue-fox.example.com/, "
                        + "http://localhost:3000/a?b=https://quiet-blue-fox.example.com/",
                "referer, https://evil.example/?https://quiet-blue-fox.example.com/, "
                        + "https://evil.example/?https://quiet-blue-fox.example.com/",
                "x-forwarded-host, quiet-blue-fox.example.com, localhost:3000",
                "x-forwarded-host, other.example, other.example",
                "x-forwarded-proto, https, http",
                "x-forwarded-port, 443, 3000",
                "x-forwarded-for, 192.0.2.1, 192.0.2.1",
                "forwarded, for=192.0.2.1;host=quiet-blue-fox.example.com, -",
                "x-other, https://quiet-blue-fox.example.com, https://quiet-blue-fox.example.com"
            })
    void aLocalhostAppSeesARequestToItself(String name, String sent, String seen) {
        CharSequence value = rewriting("3000", "localhost").request(name, sent);
        assertThat(value == null ? null : value.toString()).isEqualTo(seen);
        assertThat(rewriting("3000", "visitor").request(name, sent)).hasToString(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "location, http://localhost:3000/next?a=b, https://quiet-blue-fox.example.com/next?a=b",
        "location, http://127.0.0.1:3000, https://quiet-blue-fox.example.com",
        "location, http://[::1]:3000/, https://quiet-blue-fox.example.com/",
        "location, //localhost:3000/next, //quiet-blue-fox.example.com/next",
        "location, /next, /next",
        "location, http://localhost:3001/, http://localhost:3001/",
        "location, http://localhost:30000/, http://localhost:30000/",
        "location, https://localhost:3000/, https://localhost:3000/",
        "location, http://localhost/, http://localhost/",
        "location, http://localhost:3000.evil.example/, http://localhost:3000.evil.example/",
        "content-location, http://localhost:3000/a, https://quiet-blue-fox.example.com/a",
        "refresh, 5; url=http://localhost:3000/a, 5; url=https://quiet-blue-fox.example.com/a",
        "refresh, 5; URL=/a, 5; URL=/a",
        "refresh, 5, 5",
        "set-cookie, s=1; Path=/; Domain=localhost; HttpOnly, s=1; Path=/; HttpOnly",
        "set-cookie, s=1; domain=.LOCALHOST, s=1",
        "set-cookie, ; Domain=localhost, ''",
        "set-cookie, ; Domain=localhost; Path=/, ; Path=/",
        "set-cookie, s=1; Domain=example.com, s=1; Domain=example.com",
        "set-cookie, domain=localhost; Path=/, domain=localhost; Path=/",
        "x-other, http://localhost:3000/, http://localhost:3000/"
    })
    void whatALocalhostAppSaysOfItselfBecomesPublic(String name, String said, String heard) {
        assertThat(rewriting("3000", "localhost").answer(name, said)).hasToString(heard);
        assertThat(rewriting("3000", "visitor").answer(name, said)).hasToString(said);
    }

    @Test
    void aFixedNameIsRewrittenBothWays() {
        HostRewriting fixed = rewriting("8080", "shop.test");
        assertThat(fixed.request("origin", "https://" + PUBLIC)).hasToString("http://shop.test");
        assertThat(fixed.request("x-forwarded-port", "443")).hasToString("80");
        assertThat(fixed.answer("location", "http://shop.test/in")).hasToString("https://" + PUBLIC + "/in");
        assertThat(fixed.answer("location", "http://localhost:8080/in")).hasToString("https://" + PUBLIC + "/in");
        assertThat(fixed.answer("location", "http://shop.test:8080/in")).hasToString("http://shop.test:8080/in");
        assertThat(fixed.answer("set-cookie", "s=1; Domain=shop.test")).hasToString("s=1");
    }

    @Test
    void anHttpsAppAtItsUsualPortIsNamedWithoutIt() {
        HostRewriting secure = rewriting("https://localhost:443", "localhost");
        assertThat(secure.request("origin", "https://" + PUBLIC)).hasToString("https://localhost");
        assertThat(secure.request("x-forwarded-proto", "http")).hasToString("https");
        assertThat(secure.answer("location", "https://localhost:443/a")).hasToString("https://" + PUBLIC + "/a");
        assertThat(secure.answer("location", "https://localhost/a")).hasToString("https://" + PUBLIC + "/a");
    }
}
