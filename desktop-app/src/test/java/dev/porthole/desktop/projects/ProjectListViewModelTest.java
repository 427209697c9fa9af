package dev.porthole.desktop.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ManualTasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectListViewModelTest {
    private static final Project LAB = new Project("prj_9", "lab", new Organization("org_2", "Navy"));

    private final List<Runnable> interrupted = new ArrayList<>();

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private ProjectListViewModel model;

    @BeforeEach
    void signedIn() {
        porthole = new FakePorthole(folder).signedIn();
        porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP, LAB);
        var tasks = new ManualTasks().tasks();
        model = new ProjectListViewModel(porthole, tasks, new ProjectsViewModel(porthole, tasks), interrupted::add);
    }

    @AfterEach
    void close() {
        porthole.close();
    }

    private ProjectItem item(String name) {
        return model.shown().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // B-B2
    @Test
    void switchingStopsNothingAndSaysWhatAlsoRuns() {
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        try (Subscription _ = model.follow()) {
            model.choose(item("docs"));

            assertThat(porthole.calls).containsExactly("switch to prj_2");
            assertThat(item("docs").active()).isTrue();
            assertThat(item("web-shop").details()).isEqualTo("Acme · owner · 1 tunnel runs on this computer: shop");
        }
    }

    // B-B3
    @Test
    void projectChosenByTheCommandLineIsMarkedAtOnce() {
        try (Subscription _ = model.follow()) {
            assertThat(item("web-shop").active()).isTrue();

            porthole.activeProject.set(Optional.of(LAB));

            assertThat(item("lab").active()).isTrue();
            assertThat(item("web-shop").active()).isFalse();
        }
    }

    @Test
    void onlyOwnersRenameAndMakeProjects() {
        porthole.ownership.roles.put("org_1", Role.member);
        try (Subscription _ = model.follow()) {
            assertThat(item("web-shop").mayRename()).isFalse();
            assertThat(item("lab").mayRename()).isTrue();
            assertThat(model.owned()).containsExactly(LAB.organization());
        }
    }

    @Test
    void newProjectIsGoneToAndARefusedNameStaysWithItsReason() {
        List<String> closed = new ArrayList<>();
        try (Subscription _ = model.follow()) {
            model.create(" ", null, () -> closed.add("closed"));
            assertThat(model.nameProblemProperty().get()).contains("Type a name");

            porthole.failure = new PortholeException(Kind.FAILED, "You have all of your 3 projects.");
            model.create("blog", LAB.organization(), () -> closed.add("closed"));
            assertThat(model.nameProblemProperty().get()).isEqualTo("You have all of your 3 projects.");
            assertThat(closed).isEmpty();

            porthole.failure = null;
            model.create("blog", LAB.organization(), () -> closed.add("closed"));
            assertThat(closed).containsExactly("closed");
            assertThat(item("blog").active()).isTrue();
            assertThat(item("blog").organization()).isEqualTo("Navy");
        }
    }

    // B-B2
    @Test
    void leavingSaysWhatStops() {
        porthole.put(porthole.tunnel("shop", Endpoint.parse("3000"), Phase.READY, ""));
        porthole.put(porthole.tunnel("old", Endpoint.parse("3001"), Phase.STOPPED, ""));
        try (Subscription _ = model.follow()) {
            assertThat(model.whatStops(item("docs"))).containsExactly("shop");
            assertThat(model.whatStops(item("lab"))).isEmpty();

            model.leave(item("lab"));

            assertThat(porthole.calls).containsExactly("leave org_2");
            assertThat(model.shown()).extracting(ProjectItem::name).containsExactly("docs", "web-shop");
        }
    }

    // B-A11
    @Test
    void endedSignInIsRenewedAndTheRenamingRunsByItself() {
        List<String> closed = new ArrayList<>();
        try (Subscription _ = model.follow()) {
            ProjectItem docs = item("docs");
            porthole.failure = new PortholeException(Kind.NOT_SIGNED_IN, "Your sign-in has ended.");
            model.rename(docs, "handbook", () -> closed.add("closed"));
            assertThat(closed).isEmpty();

            porthole.failure = null;
            List.copyOf(interrupted).forEach(Runnable::run);

            assertThat(closed).containsExactly("closed");
            assertThat(item("handbook").id()).isEqualTo("prj_2");
        }
    }
}
