package dev.porthole.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.update.Channel;
import dev.porthole.core.update.Release;
import dev.porthole.core.update.SemanticVersion;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import dev.porthole.desktop.settings.UpdatesViewModel.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdatesViewModelTest {
    private static final Release NEWER = new Release(
            SemanticVersion.parse("0.2.0").orElseThrow(),
            Channel.STABLE,
            LocalDate.of(2026, 11, 20),
            URI.create("https://porthole.example/0.2.0"));

    private final ManualTasks time = new ManualTasks();
    private final FakeOutside outside = new FakeOutside();
    private final List<Channel> asked = new ArrayList<>();

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private Preferences preferences;
    private UpdatesViewModel model;

    @BeforeEach
    void open() {
        porthole = new FakePorthole(folder);
        preferences = new Preferences(porthole.config(), time.tasks());
        model = model(channel -> {
            asked.add(channel);
            return Optional.of(NEWER);
        });
    }

    // B-B17
    @Test
    void looksByItselfAndPlansTheNextLook() {
        var running = model.everyDay();
        assertThat(asked).isEmpty();
        assertThat(time.waits()).isEqualTo(1);

        time.timePasses();

        assertThat(asked).containsExactly(Channel.STABLE);
        assertThat(model.outcomeProperty().get()).isEqualTo(new Outcome.Newer(NEWER));
        assertThat(preferences.updateLookedAt()).contains(FakePorthole.NOW);
        assertThat(time.waits()).isEqualTo(1);
        running.close();
        assertThat(time.waits()).isZero();
    }

    // B-B17
    @Test
    void whoTurnsItOffIsAskedNothing() {
        var _ = model.everyDay();

        model.dailyProperty().set(false);

        assertThat(time.waits()).isZero();
        assertThat(preferences.updateDaily()).isFalse();
        model.lookNow();
        assertThat(asked).hasSize(1);
        assertThat(time.waits()).isZero();
    }

    // B-B17
    @Test
    void channelIsKeptAndAnOlderAnswerForgotten() {
        model.lookNow();

        model.channelProperty().set(Channel.BETA);

        assertThat(model.outcomeProperty().get()).isEqualTo(new Outcome.NotLooked());
        assertThat(preferences.updateChannel()).isEqualTo(Channel.BETA);
        model.lookNow();
        assertThat(asked).containsExactly(Channel.STABLE, Channel.BETA);
    }

    // B-B17
    @Test
    void itOnlyOpensThePage() {
        model.lookNow();

        model.open(NEWER);

        assertThat(outside.opened).containsExactly(NEWER.page());
        assertThat(model.seenProperty().get()).isEqualTo(NEWER);
    }

    @Test
    void buildWithoutAFeedPlansNothing() {
        UpdatesViewModel none = new UpdatesViewModel(
                Optional.empty(),
                time.tasks(),
                outside,
                preferences,
                InstantSource.fixed(FakePorthole.NOW),
                new Random(1));

        var _ = none.everyDay();

        assertThat(none.canLook()).isFalse();
        assertThat(time.waits()).isZero();
    }

    private UpdatesViewModel model(UpdateLook look) {
        return new UpdatesViewModel(
                Optional.of(look),
                time.tasks(),
                outside,
                preferences,
                InstantSource.fixed(FakePorthole.NOW),
                new Random(1));
    }

    // B-B17
    @Test
    void installerIsFetchedInTheBackgroundAndStartedOnlyWhenSomeoneSaysSo() {
        FakeInstaller installer = new FakeInstaller();
        UpdatesViewModel updates = model(installer.beside(NEWER));

        updates.lookNow();

        Path file = Path.of("/updates/porthole.deb");
        assertThat(updates.download().stateProperty().get()).isEqualTo(new UpdateDownload.State.Ready(file));
        assertThat(installer.started).isEmpty();

        updates.download().install();

        assertThat(installer.started).containsExactly(file);
    }

    // B-B17
    @Test
    void installerThatIsNotWhatWasSignedIsNotOffered() {
        FakeInstaller installer = new FakeInstaller();
        installer.fails = true;
        UpdatesViewModel updates = model(installer.beside(NEWER));

        updates.lookNow();

        assertThat(updates.download().stateProperty().get()).isInstanceOf(UpdateDownload.State.Failed.class);
        updates.download().install();
        assertThat(installer.started).isEmpty();
        assertThat(updates.outcomeProperty().get()).isEqualTo(new Outcome.Newer(NEWER));
    }
}
