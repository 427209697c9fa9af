package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.SessionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Floods from an agent: what is allowed changes nothing, one more costs the session, and nobody else notices. */
class HostileFramesTest {
    private static final int RESETS = 20;
    private static final int IDLE_FRAMES = 50;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int UNKNOWN = 0xbb;

    private EdgeFixture fixture;
    /** The agent's first SETTINGS have been counted too; what it acknowledges was asked for. */
    private static final int BEGINNING = 1;

    private WireAgent agent;
    private WireAgent neighbour;
    private RawVisitor visitor;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture(settings -> settings.with(new SessionLimits(RESETS, IDLE_FRAMES)));
        fixture.routes.put(
                new dev.porthole.server.relay.TunnelRoute("tun_other", "prj_1", "other", EdgeFixture.ENDPOINT, true));
        agent = fixture.agent();
        neighbour = WireAgent.connect(fixture.edge.address(), "good-2");
        neighbour.announce("tun_other");
        visitor = fixture.visitor();
    }

    @AfterEach
    void stop() throws Exception {
        visitor.close();
        neighbour.close();
        agent.close();
        fixture.close();
    }

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        ByteBuf frame =
                Unpooled.buffer().writeMedium(payload.length).writeByte(type).writeByte(flags);
        return ByteBufUtil.getBytes(frame.writeInt(stream).writeBytes(payload));
    }

    private void flood(int count, byte[] frame) {
        agent.frame(ByteBufUtil.getBytes(Unpooled.copiedBuffer(repeated(count, frame))));
    }

    private static byte[][] repeated(int count, byte[] frame) {
        byte[][] all = new byte[count][];
        java.util.Arrays.fill(all, frame);
        return all;
    }

    private void assertFramesAreCounted(byte[] frame) throws Exception {
        flood(IDLE_FRAMES - BEGINNING, frame);
        assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(200);
        flood(1, frame);
        assertOnlyThisSessionEnds();
    }

    private void assertOnlyThisSessionEnds() throws Exception {
        fixture.awaitEvent("closed [tun_app]");
        assertThat(visitor.get("other.localhost", "/").status()).isEqualTo(200);
        assertThat(neighbour.closed).isNotDone();
    }

    // T-W8, T-W10
    @Test
    void pings() throws Exception {
        assertFramesAreCounted(frame(PING, 0, 0, new byte[8]));
    }

    // T-W8, T-W10
    @Test
    void settings() throws Exception {
        assertFramesAreCounted(frame(SETTINGS, 0, 0));
    }

    // T-W8, T-W10
    @Test
    void priorities() throws Exception {
        assertFramesAreCounted(frame(PRIORITY, 0, 1, new byte[5]));
    }

    // T-W8, T-W10
    @Test
    void framesOfNoKnownType() throws Exception {
        assertFramesAreCounted(frame(UNKNOWN, 0, 0));
    }

    // T-W8, T-W10
    @Test
    void emptyData() throws Exception {
        AgentSideStream stream = silentStream();
        stream.answer(200);
        flood(IDLE_FRAMES - BEGINNING, frame(DATA, 0, stream.id));
        stream.send(new byte[3], true);
        assertThat(visitor.read().body()).hasSize(3);
        flood(1, frame(DATA, 0, stream.id));
        assertOnlyThisSessionEnds();
    }

    private AgentSideStream silentStream() throws Exception {
        agent.app = new WireAgent.App() {};
        visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
        return agent.nextRequest();
    }

    // T-W8, T-W10
    @Test
    void resetsOfTheAgent() throws Exception {
        for (int count = 0; count < RESETS; count++) {
            silentStream().resetWith(8);
            assertThat(visitor.read().status()).isEqualTo(502);
        }
        assertThat(agent.closed).isNotDone();
        silentStream().resetWith(8);
        assertThat(visitor.read().status()).isEqualTo(502);
        assertOnlyThisSessionEnds();
    }

    /** MadeYouReset, CVE-2025-8671: the agent breaks a stream's rules so that the edge resets it. */
    // T-W8, T-W10
    @Test
    void resetsThatTheAgentMakesTheEdgeSend() throws Exception {
        for (int count = 0; count < RESETS; count++) {
            AgentSideStream stream = silentStream();
            agent.frame(frame(WINDOW_UPDATE, 0, stream.id, new byte[4]));
            stream.reset.get(10, TimeUnit.SECONDS);
            assertThat(visitor.read().status()).isEqualTo(502);
        }
        assertThat(agent.closed).isNotDone();
        AgentSideStream stream = silentStream();
        agent.frame(frame(WINDOW_UPDATE, 0, stream.id, new byte[4]));
        assertThat(visitor.read().status()).isEqualTo(502);
        assertOnlyThisSessionEnds();
    }

    // T-W8, T-W10
    @Test
    void continuationWithoutEnd() throws Exception {
        AgentSideStream stream = silentStream();
        agent.frame(frame(HEADERS, 0, stream.id, (byte) 0x88));
        flood(65, frame(CONTINUATION, 0, stream.id, (byte) 0x88));
        assertThat(visitor.read().status()).isEqualTo(502);
        assertOnlyThisSessionEnds();
    }

    // T-W8, T-W10
    @Test
    void headerBlockLargerThanItsLimit() throws Exception {
        AgentSideStream stream = silentStream();
        agent.frame(frame(HEADERS, 0, stream.id, new byte[16 * 1024]));
        flood(4, frame(CONTINUATION, 0, stream.id, new byte[16 * 1024]));
        assertThat(visitor.read().status()).isEqualTo(502);
        assertOnlyThisSessionEnds();
    }
}
