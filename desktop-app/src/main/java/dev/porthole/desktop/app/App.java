package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.desktop.projects.ProjectsViewModel;
import dev.porthole.desktop.settings.Preferences;
import dev.porthole.desktop.settings.SettingsViewModel;
import dev.porthole.desktop.share.ShareViewModel;
import dev.porthole.desktop.signin.EmbeddedStart;
import dev.porthole.desktop.signin.OwnServerViewModel;
import dev.porthole.desktop.signin.SignInAgainViewModel;
import dev.porthole.desktop.signin.SignInViewModel;
import dev.porthole.desktop.signin.WelcomeViewModel;
import dev.porthole.desktop.tunnels.TunnelsViewModel;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Theme;
import java.time.InstantSource;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** Every view model, made once and given what it needs. Belongs to the FX thread. */
record App(
        Theme theme,
        Preferences preferences,
        ObjectProperty<Language> language,
        ShellViewModel shell,
        WelcomeViewModel welcome,
        SignInAgainViewModel signInAgain,
        OwnServerViewModel ownServer,
        ProjectsViewModel projects,
        ShareViewModel share,
        TunnelsViewModel tunnels,
        SettingsViewModel settings) {

    static App of(Porthole porthole, EmbeddedStart embedded, Tasks tasks, Outside outside, InstantSource clock) {
        Preferences preferences = new Preferences(porthole.config(), tasks);
        ObjectProperty<Language> language = new SimpleObjectProperty<>(preferences.language());
        language.subscribe(Texts::speak);
        Theme theme = new Theme(preferences.appearance());
        SignInViewModel signIn = new SignInViewModel(porthole, embedded, tasks, outside);
        SignInAgainViewModel signInAgain = new SignInAgainViewModel(porthole, signIn, tasks);
        return new App(
                theme,
                preferences,
                language,
                new ShellViewModel(porthole, tasks),
                new WelcomeViewModel(signIn),
                signInAgain,
                new OwnServerViewModel(porthole, embedded, tasks),
                new ProjectsViewModel(porthole, tasks),
                new ShareViewModel(porthole, tasks, outside, clock, signInAgain),
                new TunnelsViewModel(porthole, tasks, outside, signInAgain),
                new SettingsViewModel(porthole, tasks, theme.appearanceProperty(), language, preferences));
    }
}
