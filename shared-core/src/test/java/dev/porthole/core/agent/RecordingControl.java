package dev.porthole.core.agent;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A control plane that answers as it is told, and a store in memory; both keep what was asked of them, in order. */
public final class RecordingControl implements AgentControl, ConnectTokenStore {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final Queue<ControlException.Reason> fetchFailures = new ConcurrentLinkedQueue<>();
    private final Queue<ControlException.Reason> beatFailures = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Heartbeat> beats = new LinkedBlockingQueue<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile @Nullable ConnectToken stored;
    private int fetched;

    public RecordingControl storing(String token) {
        stored = token(token);
        return this;
    }

    public RecordingControl failFetch(ControlException.Reason... reasons) {
        fetchFailures.addAll(List.of(reasons));
        return this;
    }

    public RecordingControl failBeat(ControlException.Reason... reasons) {
        beatFailures.addAll(List.of(reasons));
        return this;
    }

    /** What happened: {@code fetch}, {@code beat}, {@code leave}, {@code save:…}, {@code clear}. */
    public List<String> events() {
        return events;
    }

    public long count(String event) {
        return events.stream().filter(event::equals).count();
    }

    public Heartbeat nextBeat() throws InterruptedException {
        Heartbeat beat = beats.poll(20, TimeUnit.SECONDS);
        if (beat == null) {
            throw new AssertionError("no heartbeat came");
        }
        return beat;
    }

    public @Nullable String storedToken() {
        ConnectToken token = stored;
        return token == null ? null : token.token();
    }

    @Override
    public synchronized ConnectToken fetchConnectToken() throws ControlException {
        events.add("fetch");
        ControlException.Reason failure = fetchFailures.poll();
        if (failure != null) {
            throw new ControlException(failure);
        }
        fetched++;
        return token("fetched-" + fetched);
    }

    @Override
    public Lease heartbeat(String instance, Heartbeat heartbeat) throws ControlException {
        events.add("beat");
        ControlException.Reason failure = beatFailures.poll();
        beats.add(heartbeat);
        if (failure != null) {
            throw new ControlException(failure);
        }
        return new Lease(THEN.plusSeconds(30), THEN);
    }

    @Override
    public void leave(String instance) {
        events.add("leave");
    }

    @Override
    public Optional<ConnectToken> load() {
        return Optional.ofNullable(stored);
    }

    @Override
    public void save(ConnectToken token) {
        events.add("save:" + token.token());
        stored = token;
    }

    @Override
    public void clear() {
        events.add("clear");
        stored = null;
    }

    private static ConnectToken token(String value) {
        return new ConnectToken(value, "con_1", THEN.plusSeconds(86_400));
    }
}
