package dev.porthole.desktop.settings;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.update.Channel;
import dev.porthole.core.update.Release;
import dev.porthole.core.update.UpdateException;
import dev.porthole.core.update.UpdateTimes;
import dev.porthole.desktop.ui.Moments;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a newer release: looked for once a day, or when asked. Fetches its installer, and installs nothing
 * that nobody agreed to. Belongs to the FX thread.
 */
public final class UpdatesViewModel {
    private final Optional<UpdateLook> look;
    private final Tasks tasks;
    private final Outside outside;
    private final Preferences preferences;
    private final InstantSource clock;
    private final UpdateTimes times;
    private final Moments moments;
    private final ObjectProperty<Channel> channel;
    private final BooleanProperty daily;
    private final ReadOnlyObjectWrapper<Outcome> outcome = new ReadOnlyObjectWrapper<>(new Outcome.NotLooked());
    private final ReadOnlyObjectWrapper<Optional<Instant>> lookedAt;
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Release> seen = new ReadOnlyObjectWrapper<>();
    private final UpdateDownload download;
    private Subscription next = () -> {};

    /** What the last look gave. */
    public sealed interface Outcome {
        /** There was none since the start. */
        record NotLooked() implements Outcome {}

        /** This is the newest. */
        record Newest() implements Outcome {}

        /** There is a newer one. */
        record Newer(Release release) implements Outcome {}

        /** It came to nothing, and the words say why and what to do. */
        record Failed(String words) implements Outcome {}
    }

    /** @param look empty if this build can't look */
    public UpdatesViewModel(
            Optional<UpdateLook> look,
            Tasks tasks,
            Outside outside,
            Preferences preferences,
            InstantSource clock,
            RandomGenerator random) {
        this.look = look;
        this.tasks = tasks;
        this.outside = outside;
        this.preferences = preferences;
        this.clock = clock;
        this.moments = Moments.ofThisComputer(clock);
        this.times = new UpdateTimes(clock, random);
        this.download = new UpdateDownload(look.flatMap(UpdateLook::installer), tasks);
        this.channel = new SimpleObjectProperty<>(preferences.updateChannel());
        this.lookedAt = new ReadOnlyObjectWrapper<>(preferences.updateLookedAt());
        this.daily = new SimpleBooleanProperty(preferences.updateDaily());
        channel.subscribe((before, chosen) -> {
            preferences.keepUpdateChannel(chosen);
            outcome.set(new Outcome.NotLooked());
        });
        daily.subscribe((before, chosen) -> {
            preferences.keepUpdateDaily(chosen);
            plan();
        });
    }

    /** Looks by itself from now on, if that is chosen; until what it returns is closed. */
    public Subscription everyDay() {
        plan();
        return () -> next.close();
    }

    /** Whether this build can look at all. */
    boolean canLook() {
        return look.isPresent();
    }

    /** Which releases are told; kept at once. */
    ObjectProperty<Channel> channelProperty() {
        return channel;
    }

    /** Whether it looks by itself; kept at once. */
    BooleanProperty dailyProperty() {
        return daily;
    }

    /** What the last look gave. */
    public ReadOnlyObjectProperty<Outcome> outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /** Whether it is looking. */
    ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    /** The installer of the newer release. */
    UpdateDownload download() {
        return download;
    }

    /** How times are said. */
    Moments moments() {
        return moments;
    }

    /** When it last looked, by itself or not. */
    ReadOnlyObjectProperty<Optional<Instant>> lookedAtProperty() {
        return lookedAt.getReadOnlyProperty();
    }

    /** Looks now. */
    void lookNow() {
        UpdateLook way = look.orElse(null);
        if (way == null || looking.get()) {
            return;
        }
        looking.set(true);
        Channel wanted = channel.get();
        tasks.create(() -> outcomeOf(way, wanted))
                .onSuccess(found -> {
                    if (wanted == channel.get()) {
                        outcome.set(found);
                        if (found instanceof Outcome.Newer(Release release)) {
                            download.begin(release);
                        }
                    }
                })
                .onError(failure -> outcome.set(new Outcome.Failed(String.valueOf(failure.getMessage()))))
                .andFinally(this::looked)
                .start();
    }

    /** The release that a person has seen the notice of; null for none. */
    ReadOnlyObjectProperty<@Nullable Release> seenProperty() {
        return seen.getReadOnlyProperty();
    }

    /** Someone has seen that there is one. */
    void seen(Release release) {
        seen.set(release);
    }

    /** Opens the page of a release in the browser. */
    void open(Release release) {
        seen(release);
        tasks.create(() -> outside.open(release.page()))
                .onSuccess(opened -> {
                    if (!opened) {
                        outside.copy(release.page().toString());
                    }
                })
                .start();
    }

    private static Outcome outcomeOf(UpdateLook way, Channel wanted) throws PortholeException, InterruptedException {
        try {
            return way.look(wanted).<Outcome>map(Outcome.Newer::new).orElseGet(Outcome.Newest::new);
        } catch (UpdateException failed) {
            throw new PortholeException(
                    Kind.FAILED,
                    switch (failed.kind()) {
                        case UNREACHABLE -> Texts.text("updates.unreachable");
                        case UNTRUSTED -> Texts.text("updates.untrusted");
                        case NOT_UNDERSTOOD -> Texts.text("updates.notUnderstood");
                    },
                    failed);
        }
    }

    private void looked() {
        // A look that failed counts too: nobody is asked again and again.
        Instant now = clock.instant();
        preferences.keepUpdateLookedAt(now);
        lookedAt.set(Optional.of(now));
        looking.set(false);
        plan();
    }

    private void plan() {
        Optional<Instant> last = lookedAt.get();
        next.close();
        next = daily.get() && canLook() ? tasks.after(times.untilNext(last), this::lookNow) : () -> {};
    }
}
