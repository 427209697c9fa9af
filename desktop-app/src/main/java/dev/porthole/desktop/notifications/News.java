package dev.porthole.desktop.notifications;

import dev.porthole.core.Link;
import dev.porthole.core.Porthole;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.notifications.Notice.Subject;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is worth telling. A tunnel is ready once a start; it is lost only if it stays so for a while, and back
 * only if that was told; nothing is told to someone who looks at the window, and the same loss at most every ten
 * minutes. What happens together is told together. Belongs to the FX thread, and needs no toolkit.
 */
public final class News {
    /** So long is waited for more of the same, such as the tunnels of a start. */
    static final Duration TOGETHER = Duration.ofSeconds(1);
    /** A loss that is shorter is none. */
    static final Duration WORTH_TELLING = Duration.ofSeconds(8);
    /** The same tunnel's loss is not told again within this time. */
    static final Duration NOT_AGAIN = Duration.ofMinutes(10);

    private final Porthole porthole;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Predicate<NoticeKind> wanted;
    private final BooleanSupplier looking;
    private final Consumer<Notice> tell;
    private final FxBindings bindings;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Set<String> visited = new HashSet<>();
    private boolean readyWaits;
    private boolean lostWaits;
    private boolean signInTold;

    /**
     * @param wanted whether the person wants to hear of a kind
     * @param looking whether the person has the window in front
     */
    public News(
            Porthole porthole,
            Tasks tasks,
            InstantSource clock,
            Predicate<NoticeKind> wanted,
            BooleanSupplier looking,
            Consumer<Notice> tell) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.clock = clock;
        this.wanted = wanted;
        this.looking = looking;
        this.tell = tell;
        this.bindings = new FxBindings(tasks.screen());
    }

    /** Follows what there is to tell; as long as the app runs. */
    public Subscription follow() {
        return FxBindings.all(
                bindings.follow(porthole.tunnels(), this::arrived),
                bindings.follow(porthole.signIn(), who -> signInChanged()),
                bindings.follow(porthole.link(), link -> signInChanged()),
                () -> watched.values().forEach(it -> it.visits.close()));
    }

    /** Waits for a tunnel's first visitor while the app runs, and listens no more once there was one. */
    private void awaitVisitor(Watched tunnel) {
        String id = tunnel.id();
        if (!visited.contains(id)) {
            tunnel.visits = bindings.follow(porthole.traffic(id), traffic -> {
                if (!traffic.visitors().isEmpty()) {
                    tunnel.visits.close();
                    visited(id);
                }
            });
        }
    }

    private void visited(String tunnelId) {
        Watched tunnel = watched.get(tunnelId);
        if (tunnel != null && visited.add(tunnelId)) {
            say(new Notice(
                    "visitor/" + tunnelId,
                    NoticeKind.FIRST_VISITOR,
                    Texts.text("notice.visitor", tunnel.label()),
                    tunnel.url(),
                    new Subject.OneTunnel(tunnelId)));
        }
    }

    private void arrived(List<TunnelState> states) {
        Set<String> here = new HashSet<>();
        for (TunnelState state : states) {
            if (state.here() && state.phase() != Phase.STOPPED) {
                here.add(state.tunnel().id());
                Watched known = watched.get(state.tunnel().id());
                if (known == null) {
                    Watched found = new Watched(state);
                    watched.put(state.tunnel().id(), found);
                    awaitVisitor(found);
                    // What ran before anyone asked for it has nothing to tell.
                    if (state.phase() != Phase.READY) {
                        continue;
                    }
                    watched.get(state.tunnel().id()).readyTold = true;
                } else {
                    known.state = state;
                    changed(known);
                }
            }
        }
        watched.values().stream().filter(it -> !here.contains(it.id())).forEach(it -> it.visits.close());
        watched.keySet().retainAll(here);
    }

    private void changed(Watched tunnel) {
        boolean ready = tunnel.state.phase() == Phase.READY;
        if (ready) {
            tunnel.lostSince = null;
            if (tunnel.lostTold) {
                tunnel.lostTold = false;
                say(notice(NoticeKind.LOST, tunnel, Texts.text("notice.back", tunnel.label()), tunnel.url()));
            } else if (!tunnel.readyTold && !readyWaits) {
                readyWaits = true;
                Subscription _ = tasks.after(TOGETHER, this::tellReady);
            }
        } else if (tunnel.readyTold && tunnel.lostSince == null) {
            tunnel.lostSince = clock.instant();
            waitForLost(WORTH_TELLING);
        }
    }

    private void tellReady() {
        readyWaits = false;
        List<Watched> all = watched.values().stream()
                .filter(it -> it.state.phase() == Phase.READY && !it.readyTold)
                .toList();
        all.forEach(it -> it.readyTold = true);
        if (all.size() == 1) {
            Watched one = all.getFirst();
            say(notice(NoticeKind.READY, one, Texts.text("notice.ready", one.label()), one.url()));
        } else if (!all.isEmpty()) {
            say(several(NoticeKind.READY, Texts.text("notice.ready.several", all.size()), all));
        }
    }

    private void waitForLost(Duration delay) {
        if (!lostWaits) {
            lostWaits = true;
            Subscription _ = tasks.after(delay, this::tellLost);
        }
    }

    private void tellLost() {
        lostWaits = false;
        Instant now = clock.instant();
        List<Watched> lost = watched.values().stream()
                .filter(it -> it.lostSince != null && !it.lostTold)
                .toList();
        List<Watched> due = lost.stream()
                .filter(it -> !now.isBefore(it.lostSince().plus(WORTH_TELLING)))
                .filter(it -> it.lastLoss == null || !now.isBefore(it.lastLoss.plus(NOT_AGAIN)))
                .toList();
        for (Watched it : due) {
            it.lostTold = true;
            it.lastLoss = now;
        }
        if (due.size() == 1) {
            Watched one = due.getFirst();
            say(notice(NoticeKind.LOST, one, Texts.text("notice.lost", one.label()), why(one.state)));
        } else if (!due.isEmpty()) {
            say(several(NoticeKind.LOST, Texts.text("notice.lost.several", due.size()), due));
        }
        lost.stream()
                .map(it -> Duration.between(now, it.lostSince().plus(WORTH_TELLING)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .ifPresent(this::waitForLost);
    }

    private void signInChanged() {
        SignIn now = porthole.signIn().get();
        boolean refused = porthole.link().get() instanceof Link.SignInNeeded;
        switch (now) {
            case SignIn.Expired(URI server, var _, boolean embedded) -> tellSignIn(server, embedded);
            case SignIn.SignedIn(URI server, var _, boolean embedded, String _) -> {
                if (refused) {
                    tellSignIn(server, embedded);
                } else {
                    signInTold = false;
                }
            }
            case SignIn.SignedOut _, SignIn.SigningIn _ -> {}
        }
    }

    private void tellSignIn(URI server, boolean embedded) {
        // This computer's own server needs nobody: the app renews it by itself.
        if (signInTold || embedded) {
            return;
        }
        signInTold = true;
        say(new Notice(
                "sign-in",
                NoticeKind.SIGN_IN,
                Texts.text("notice.signIn"),
                Texts.text("notice.signIn.text", PlainText.of(String.valueOf(server.getHost()))),
                new Subject.Window()));
    }

    private static String why(TunnelState state) {
        String detail = PlainText.of(state.detail());
        if (!detail.isEmpty()) {
            return detail;
        }
        return switch (state.phase()) {
            case ENDPOINT_DOWN ->
                Texts.text(
                        state.tunnel().endpoint().isFolder() ? "tunnel.folderGone.text" : "tunnel.endpointDown.text",
                        PlainText.of(state.tunnel().endpoint().shown()));
            case STOPPED, STARTING, READY, OFFLINE -> Texts.text("notice.lost.text");
        };
    }

    private static Notice notice(NoticeKind kind, Watched tunnel, String title, String text) {
        return new Notice("tunnel/" + tunnel.id(), kind, title, text, new Subject.OneTunnel(tunnel.id()));
    }

    private static Notice several(NoticeKind kind, String title, List<Watched> tunnels) {
        String names =
                String.join(", ", tunnels.stream().map(Watched::label).sorted().toList());
        return new Notice("tunnels/" + kind, kind, title, PlainText.of(names), new Subject.Tunnels());
    }

    private void say(Notice notice) {
        if (wanted.test(notice.kind()) && !looking.getAsBoolean()) {
            tell.accept(notice);
        }
    }

    /** A tunnel that runs here, and what has been told of it. */
    private static final class Watched {
        private TunnelState state;
        private boolean readyTold;
        private boolean lostTold;
        private @Nullable Instant lostSince;
        private @Nullable Instant lastLoss;
        private Subscription visits = () -> {};

        Watched(TunnelState first) {
            this.state = first;
        }

        String id() {
            return state.tunnel().id();
        }

        String label() {
            return PlainText.of(state.tunnel().label());
        }

        String url() {
            return PlainText.of(state.tunnel().url());
        }

        Instant lostSince() {
            return lostSince == null ? Instant.MAX : lostSince;
        }
    }
}
