package dev.porthole.desktop.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.doctor.Check;
import dev.porthole.core.doctor.Remedy;
import dev.porthole.core.doctor.Verdict;
import dev.porthole.desktop.FakeDoctor;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorViewModelTest {
    private final FakeOutside outside = new FakeOutside();
    private final List<Runnable> interrupted = new ArrayList<>();

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private DoctorViewModel model;

    @BeforeEach
    void signedIn() {
        porthole = new FakePorthole(folder).signedIn();
        porthole.doctor = FakeDoctor.ill();
        model = new DoctorViewModel(
                porthole,
                new ManualTasks().tasks(),
                outside,
                interrupted::add,
                InstantSource.fixed(FakePorthole.NOW),
                folder);
    }

    @Test
    void findingsAreCounted() {
        model.examine();

        assertThat(model.findings()).hasSize(Check.values().length);
        assertThat(model.count(Verdict.FAIL)).isEqualTo(5);
        assertThat(model.runningProperty().get()).isFalse();
    }

    @Test
    void signingInAgainLooksAgain() {
        model.examine();
        porthole.doctor = FakeDoctor.well();

        model.mend(Remedy.SIGN_IN);
        assertThat(model.count(Verdict.FAIL)).isEqualTo(5);
        interrupted.forEach(Runnable::run);

        assertThat(model.count(Verdict.FAIL)).isZero();
    }

    @Test
    void serverIsOpenedInTheBrowser() {
        model.mend(Remedy.OPEN_SERVER);

        assertThat(outside.opened).containsExactly(FakePorthole.SERVER);
    }

    @Test
    void bundleIsSavedUnderTheDayAndItsPathCanBeCopied() {
        model.examine();

        model.export();

        Path file = model.savedProperty().get().orElseThrow();
        assertThat(file.getFileName()).hasToString("porthole-diagnostics-2026-11-22.zip");
        assertThat(file).hasContent("8 findings");
        model.copyPath(file);
        assertThat(outside.copied).containsExactly(file.toString());
    }

    @Test
    void bundleThatCannotBeWrittenIsSaid() {
        DoctorViewModel nowhere = new DoctorViewModel(
                porthole,
                new ManualTasks().tasks(),
                outside,
                interrupted::add,
                InstantSource.fixed(FakePorthole.NOW),
                folder.resolve("not/there"));

        nowhere.export();

        assertThat(nowhere.savedProperty().get()).isEmpty();
        assertThat(nowhere.problemProperty().get()).contains("not/there", "can’t be written");
    }
}
