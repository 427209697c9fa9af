package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.desktop.activity.ActivityViewModel;
import dev.porthole.desktop.autostart.Autostart;
import dev.porthole.desktop.autostart.AutostartViewModel;
import dev.porthole.desktop.connectors.ConnectorsViewModel;
import dev.porthole.desktop.doctor.DoctorViewModel;
import dev.porthole.desktop.links.LinkViewModel;
import dev.porthole.desktop.projects.AlsoRunning;
import dev.porthole.desktop.projects.ProjectListViewModel;
import dev.porthole.desktop.projects.ProjectsViewModel;
import dev.porthole.desktop.settings.Looks;
import dev.porthole.desktop.settings.Preferences;
import dev.porthole.desktop.settings.SettingsViewModel;
import dev.porthole.desktop.settings.UpdateLook;
import dev.porthole.desktop.settings.UpdatesViewModel;
import dev.porthole.desktop.share.ShareViewModel;
import dev.porthole.desktop.signin.EmbeddedStart;
import dev.porthole.desktop.signin.OwnServerViewModel;
import dev.porthole.desktop.signin.SignInAgainViewModel;
import dev.porthole.desktop.signin.SignInViewModel;
import dev.porthole.desktop.signin.WelcomeViewModel;
import dev.porthole.desktop.tunnels.TunnelsViewModel;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Moments;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Theme;
import dev.porthole.desktop.ui.Undo;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** Every view model, made once and given what it needs. Belongs to the FX thread. */
record App(
        Theme theme,
        Preferences preferences,
        ObjectProperty<Language> language,
        Undo undo,
        QuickActions actions,
        ShellViewModel shell,
        WelcomeViewModel welcome,
        SignInAgainViewModel signInAgain,
        OwnServerViewModel ownServer,
        ProjectsViewModel projects,
        ProjectListViewModel projectList,
        AlsoRunning alsoRunning,
        ShareViewModel share,
        TunnelsViewModel tunnels,
        ConnectorsViewModel connectors,
        ActivityViewModel activity,
        SettingsViewModel settings,
        LinkViewModel links,
        AutostartViewModel autostart,
        UpdatesViewModel updates,
        DoctorViewModel doctor) {

    /** Without a way to start at sign-in, and to look for newer releases. */
    static App of(Porthole porthole, EmbeddedStart embedded, Tasks tasks, Outside outside, InstantSource clock) {
        return of(
                porthole,
                embedded,
                tasks,
                outside,
                clock,
                Optional.empty(),
                Optional.empty(),
                DoctorViewModel.usualFolder());
    }

    /**
     * @param autostart empty where this program can't be started by itself
     * @param updates looks for newer releases; empty for a build that can't
     * @param bundles the folder that diagnostics are saved in
     */
    static App of(
            Porthole porthole,
            EmbeddedStart embedded,
            Tasks tasks,
            Outside outside,
            InstantSource clock,
            Optional<Autostart> autostart,
            Optional<UpdateLook> updates,
            Path bundles) {
        Preferences preferences = new Preferences(porthole.config(), tasks);
        ObjectProperty<Language> language = new SimpleObjectProperty<>(preferences.language());
        language.subscribe(Texts::speak);
        Theme theme = new Theme(preferences.appearance(), preferences.contrast());
        Looks looks = new Looks(theme.appearanceProperty(), theme.contrastProperty(), language);
        SignInViewModel signIn = new SignInViewModel(porthole, embedded, tasks, outside);
        SignInAgainViewModel signInAgain = new SignInAgainViewModel(porthole, signIn, tasks);
        ShellViewModel shell = new ShellViewModel(porthole, tasks);
        ShareViewModel share = new ShareViewModel(porthole, tasks, outside, clock, signInAgain);
        Undo undo = new Undo(tasks);
        ProjectsViewModel projects = new ProjectsViewModel(porthole, tasks);
        Moments moments = Moments.ofThisComputer(clock);
        return new App(
                theme,
                preferences,
                language,
                undo,
                new QuickActions(porthole, tasks, outside, undo, signInAgain),
                shell,
                new WelcomeViewModel(signIn),
                signInAgain,
                new OwnServerViewModel(porthole, embedded, tasks),
                projects,
                new ProjectListViewModel(porthole, tasks, projects, signInAgain),
                new AlsoRunning(porthole, tasks, projects),
                share,
                new TunnelsViewModel(porthole, tasks, outside, undo, signInAgain),
                new ConnectorsViewModel(porthole, tasks, outside, moments, signInAgain),
                new ActivityViewModel(porthole, tasks, moments, signInAgain),
                new SettingsViewModel(porthole, tasks, looks, preferences),
                new LinkViewModel(porthole, tasks, port -> {
                    shell.go(Screen.SHARE);
                    share.share(port);
                }),
                new AutostartViewModel(autostart, preferences.startHiddenProperty(), tasks),
                new UpdatesViewModel(updates, tasks, outside, preferences, clock, RandomGenerator.getDefault()),
                new DoctorViewModel(porthole, tasks, outside, signInAgain, clock, bundles));
    }
}
