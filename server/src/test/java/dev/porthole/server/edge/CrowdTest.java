package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who comes in, by address and in all. */
class CrowdTest {
    private static final Shares TWO = Shares.DEFAULT.withConnections(100, 2);

    private final Set<Channel> idle = new HashSet<>();

    private Crowd crowd(Shares shares, TrustedProxies trusted) {
        return new Crowd(shares, new ClientAddress(trusted, shares.notCounted()), idle::contains);
    }

    private static Channel from(String address) {
        InetSocketAddress peer = new InetSocketAddress(address, 50_000);
        return new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return peer;
            }
        };
    }

    private static int status(Crowd crowd, String address) {
        return Objects.requireNonNull(crowd.enter(from(address))).status();
    }

    // T-W8
    @Test
    void addressesAreCountedApartAndWhoLeavesMakesRoom() {
        Crowd crowd = crowd(TWO, TrustedProxies.NONE);
        Channel first = from("192.0.2.1");
        assertThat(crowd.enter(first)).isNull();
        assertThat(crowd.enter(from("192.0.2.1"))).isNull();
        assertThat(status(crowd, "192.0.2.1")).isEqualTo(429);
        assertThat(crowd.enter(from("192.0.2.2"))).isNull();
        first.close();
        assertThat(crowd.enter(from("192.0.2.1"))).isNull();
        assertThat(status(crowd, "192.0.2.1")).isEqualTo(429);
        assertThat(crowd.size()).isEqualTo(3);
    }

    // T-W8
    @Test
    void networkOf64BitsIsOneAddressInIpv6() {
        Crowd crowd = crowd(TWO, TrustedProxies.NONE);
        assertThat(crowd.enter(from("2001:db8:0:1::1"))).isNull();
        assertThat(crowd.enter(from("2001:db8:0:1:ffff::2"))).isNull();
        assertThat(status(crowd, "2001:db8:0:1::3")).isEqualTo(429);
        assertThat(crowd.enter(from("2001:db8:0:2::1"))).isNull();
    }

    // T-W8
    @Test
    void exemptNetworksAndTrustedProxiesHaveNoBound() {
        Shares one = new Shares(100, 1, Shares.DEFAULT.notCounted(), 1, 1, 1, 1, 1);
        Crowd crowd = crowd(one, TrustedProxies.parse(List.of("10.0.0.0/8")));
        for (String exempt : List.of("127.0.0.1", "127.9.9.9", "::1", "10.1.2.3")) {
            assertThat(crowd.enter(from(exempt))).as(exempt).isNull();
            assertThat(crowd.enter(from(exempt))).as(exempt).isNull();
        }
        assertThat(crowd.enter(from("192.0.2.1"))).isNull();
        assertThat(status(crowd, "192.0.2.1")).isEqualTo(429);
    }

    // T-W8, T-R5
    @Test
    void idleOnesMakeRoomInAFullHouseAndBusyOnesDoNot() {
        Crowd crowd = crowd(Shares.DEFAULT.withConnections(2, 100), TrustedProxies.NONE);
        Channel busy = from("192.0.2.1");
        Channel waiting = from("192.0.2.2");
        assertThat(crowd.enter(busy)).isNull();
        assertThat(crowd.enter(waiting)).isNull();
        assertThat(status(crowd, "192.0.2.3")).isEqualTo(503);
        idle.add(waiting);
        assertThat(crowd.enter(from("192.0.2.3"))).isNull();
        assertThat(waiting.isOpen()).isFalse();
        assertThat(busy.isOpen()).isTrue();
        assertThat(crowd.size()).isEqualTo(2);
    }
}
