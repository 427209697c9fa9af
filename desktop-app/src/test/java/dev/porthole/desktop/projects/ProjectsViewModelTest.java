package dev.porthole.desktop.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Project;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsViewModelTest {
    private final ManualTasks time = new ManualTasks();

    @TempDir
    private Path folder;

    // B-B3
    @Test
    void projectsThatWereWorkedInLastComeFirstAndOutliveTheApp() {
        FakePorthole porthole = new FakePorthole(folder).signedIn();
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
        ProjectsViewModel model = new ProjectsViewModel(porthole, time.tasks());
        model.load();
        assertThat(model.recent()).isEmpty();

        model.choose(FakePorthole.WEB_SHOP);
        model.choose(FakePorthole.DOCS);

        ProjectsViewModel later = new ProjectsViewModel(porthole, time.tasks());
        later.load();
        assertThat(later.recent())
                .extracting(Project::id)
                .containsExactly(FakePorthole.DOCS.id(), FakePorthole.WEB_SHOP.id());
    }

    @Test
    void whoListensToTheListAloneHearsOfItAlsoAfterACollection() {
        FakePorthole porthole = new FakePorthole(folder).signedIn();
        ProjectsViewModel model = new ProjectsViewModel(porthole, time.tasks());
        List<Integer> heard = new ArrayList<>();
        model.projects().addListener((ListChangeListener<Project>)
                change -> heard.add(change.getList().size()));

        System.gc();
        model.load();

        assertThat(heard).containsExactly(1);
    }

    @Test
    void projectThatIsGoneIsNotAmongTheRecentOnes() {
        FakePorthole porthole = new FakePorthole(folder).signedIn();
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
        ProjectsViewModel model = new ProjectsViewModel(porthole, time.tasks());
        model.load();
        model.choose(FakePorthole.WEB_SHOP);
        model.choose(FakePorthole.DOCS);

        porthole.projects = List.of(FakePorthole.WEB_SHOP);
        model.load();

        assertThat(model.recent()).containsExactly(FakePorthole.WEB_SHOP);
    }
}
