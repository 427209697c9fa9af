package dev.porthole.desktop.app;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.Link;
import dev.porthole.core.OwnUrl;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.desktop.FakeDoctor;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.FakeTraffic;
import dev.porthole.desktop.links.DeepLink;
import dev.porthole.desktop.settings.Section;
import dev.porthole.desktop.ui.Fx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;

/** Every screen in every state that people meet; for pictures and for checks of the layout. */
@SuppressWarnings("ImmutableEnumChecker") // the recipes hold no state
enum Gallery {
    WELCOME(porthole -> {}, app -> {}),
    WELCOME_TYPED_WRONG(porthole -> {}, app -> app.field("#welcome-server", "http://tunnels.acme.dev")),
    WELCOME_WAITING(porthole -> porthole.browserWaits = true, app -> {
        app.field("#welcome-server", "tunnels.acme.dev");
        app.fire("#welcome-continue");
        app.see("Waiting for your browser…");
    }),
    WELCOME_FAILED(
            porthole -> porthole.failure = new PortholeException(
                    Kind.UNREACHABLE,
                    "tunnels.acme.dev does not answer. Is the address right, and are you connected to a network?"),
            app -> {
                app.field("#welcome-server", "tunnels.acme.dev");
                app.fire("#welcome-continue");
                app.see("does not answer");
            }),
    PROJECTS(
            porthole -> {
                porthole.projects = List.of(FakePorthole.DOCS, FakePorthole.WEB_SHOP);
                porthole.signIn.set(new SignIn.SignedIn(FakePorthole.SERVER, FakePorthole.ADA, false, ""));
            },
            app -> app.see("web-shop")),
    SHARE(Gallery::busyDay, app -> app.see("orders-api")),
    SHARE_NOTHING(FakePorthole::signedIn, app -> app.see("Nothing listens")),
    SHARE_TYPED_WRONG(Gallery::busyDay, app -> {
        app.field("#share-field", "localhost:70000");
        app.fire("#share-submit");
        app.see("expected");
    }),
    SHARE_STAGES(
            porthole -> {
                busyDay(porthole);
                porthole.hang = Stage.ANSWERING;
                porthole.hangDetail = "it answers 403 “Invalid Host header”";
            },
            app -> {
                app.see("orders-api");
                app.fireNamed("Share orders-api, port 8080");
                app.see("Invalid Host header");
            }),
    SHARE_READY(Gallery::busyDay, app -> {
        app.see("orders-api");
        app.fireNamed("Share orders-api, port 8080");
        app.see("on your clipboard");
    }),
    SHARE_TCP(Gallery::busyDay, app -> {
        app.see("PostgreSQL 17");
        app.fireNamed("Share PostgreSQL 17, port 5432");
        app.see("on your clipboard");
    }),
    SHARE_FAILED(Gallery::busyDay, app -> {
        app.see("orders-api");
        app.porthole.failure = new PortholeException(
                Kind.FAILED, "The project has all of its 5 tunnels in use. Delete one, or ask for more.");
        app.fireNamed("Share orders-api, port 8080");
        app.see("could not be shared");
    }),
    SHARE_GONE(
            porthole -> {
                busyDay(porthole);
                porthole.ports = porthole.ports.stream()
                        .filter(port -> port.port() != 5173)
                        .toList();
            },
            app -> app.see("Works again by itself")),
    SHARE_CHOICES(Gallery::busyDay, app -> {
        app.see("orders-api");
        Fx.run(() -> app.choose("More for orders-api, port 8080")
                .getItems()
                .getFirst()
                .fire());
        app.see("E_nds");
    }),
    SHARE_OWN_URL(FakePorthole::signedIn, app -> {
        app.see("Nothing listens");
        app.fire("#share-own-offer");
        app.field("#own-url-endpoint", "3000");
        app.field("#own-url-url", "shop example");
        app.fire("#own-url-save");
        app.see("expected");
    }),
    SHARE_OWN_URL_KEPT(
            porthole -> {
                busyDay(porthole);
                porthole.ownUrls.set(
                        Map.of(Endpoint.parse("8080"), new OwnUrl(URI.create("https://orders.example.com"), false)));
            },
            app -> {
                app.see("orders-api");
                Fx.run(() -> app.choose("More for orders-api, port 8080")
                        .getItems()
                        .get(1)
                        .fire());
                app.see("connects nothing");
                app.fire("#own-url-save");
                app.see("is kept");
            }),
    SIGN_IN_AGAIN(
            porthole -> {
                busyDay(porthole);
                porthole.signIn.set(new SignIn.Expired(FakePorthole.SERVER, FakePorthole.ADA, false));
            },
            app -> app.see("has ended")),
    TUNNELS(Gallery::busyDay, app -> {
        app.go(Screen.TUNNELS);
        app.see("admin");
    }),
    TUNNELS_MANY(
            porthole -> {
                busyDay(porthole);
                for (String label : List.of("docs", "storybook", "hooks", "staging-with-a-rather-long-name-indeed")) {
                    porthole.put(
                            porthole.tunnel(label, Endpoint.parse("600" + label.length() % 10), Phase.STOPPED, ""));
                }
                porthole.link.set(new Link.Reconnecting("no route to tunnels.acme.dev", FakePorthole.NOW));
            },
            app -> {
                app.go(Screen.TUNNELS);
                app.see("storybook");
            }),
    TUNNELS_OF_ALL_KINDS(
            porthole -> {
                porthole.signedIn();
                porthole.link.set(new Link.Connected(2, Duration.ofMillis(18)));
                porthole.put(porthole.tunnel("web-shop", Endpoint.parse("5173"), Phase.READY, ""));
                porthole.put(porthole.tunnel("PostgreSQL 17", Endpoint.parse("tcp://localhost:5432"), Phase.READY, ""));
                porthole.put(porthole.tunnel("storefront", Endpoint.parse("5174"), Phase.READY, "")
                        .with(new BlockedHost("Vite", "server.allowedHosts in vite.config")));
                porthole.put(porthole.tunnel("slides", Endpoint.parse("file:///home/ada/slides"), Phase.READY, ""));
            },
            app -> {
                app.go(Screen.TUNNELS);
                app.see("Vite");
            }),
    TUNNELS_LIVE(Gallery::liveDay, app -> {
        app.go(Screen.TUNNELS);
        app.see("3.6/s");
    }),
    TUNNELS_UNFOLDED(Gallery::liveDay, app -> {
        app.go(Screen.TUNNELS);
        app.fireNamed("Show the steps of admin");
        app.see("Change endpoint");
    }),
    TUNNEL_TRAFFIC(Gallery::liveDay, app -> {
        app.open("tun_1");
        app.see("GitHub-Hookshot");
    }),
    TUNNEL_QUIET(Gallery::busyDay, app -> {
        app.open("tun_1");
        app.see("Nobody has visited");
    }),
    TUNNEL_STEPS(Gallery::busyDay, app -> {
        app.open("tun_3");
        app.tab("Steps");
        app.see("Name reserved");
    }),
    TUNNEL_SETTINGS(Gallery::busyDay, app -> {
        app.open("tun_1");
        app.tab("Settings");
        app.see("Time to answer");
    }),
    TUNNEL_SETTINGS_WRONG(Gallery::busyDay, app -> {
        app.open("tun_1");
        app.tab("Settings");
        app.field("#settings-endpoint", "localhost:70000");
        app.fire("#settings-save");
        app.see("70000");
    }),
    TUNNEL_OWN_URL(
            porthole -> {
                busyDay(porthole);
                porthole.publicUrl = URI.create("https://shop.example.com");
                porthole.ownUrls.set(
                        Map.of(Endpoint.parse("5173"), new OwnUrl(URI.create("https://shop.example.com"), true)));
            },
            app -> {
                app.open("tun_1");
                app.tab("Settings");
                app.see("PORTHOLE_PUBLIC_URL");
            }),
    TUNNEL_QR(Gallery::busyDay, app -> {
        app.open("tun_1");
        app.fireNamed("Show large");
        app.see("web-shop on a phone");
    }),
    TUNNEL_QR_THIS_COMPUTER(
            porthole -> {
                busyDay(porthole);
                porthole.signIn.set(
                        new SignIn.SignedIn(FakePorthole.SERVER, FakePorthole.ADA, true, "in the keychain"));
            },
            app -> {
                app.open("tun_1");
                app.fireNamed("Show large");
                app.see("this computer only");
            }),
    TUNNELS_EMPTY(FakePorthole::signedIn, app -> {
        app.go(Screen.TUNNELS);
        app.see("No tunnels yet");
    }),
    TUNNELS_FAILED(FakePorthole::signedIn, app -> {
        app.porthole.failure =
                new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer. It will be tried again.");
        app.go(Screen.TUNNELS);
        app.see("could not be loaded");
    }),
    UNDO(Gallery::busyDay, app -> {
        app.go(Screen.TUNNELS);
        app.see("admin");
        Fx.run(() -> app.fixture
                .app
                .undo()
                .offer("Deleted storybook. Its name is kept while you can undo.", () -> {}, () -> {}));
        app.see("Deleted storybook");
    }),
    PALETTE(Gallery::projects, app -> {
        app.see("orders-api");
        Fx.run(() -> app.fixture.window.openPalette());
        app.field("#palette-field", "s");
        app.see("Stop web-shop");
    }),
    SHORTCUTS(Gallery::busyDay, app -> {
        Fx.run(() -> app.fixture.window.showShortcuts());
        app.see("Do anything");
    }),
    ALSO_RUNNING(
            porthole -> {
                projects(porthole);
                porthole.activeProject.set(Optional.of(FakePorthole.DOCS));
            },
            app -> {
                app.go(Screen.TUNNELS);
                app.see("in Acme / web-shop");
            }),
    CONNECTORS(Gallery::connectors, app -> {
        app.go(Screen.CONNECTORS);
        app.see("build-server");
    }),
    CONNECTORS_EMPTY(FakePorthole::signedIn, app -> {
        app.go(Screen.CONNECTORS);
        app.see("No connectors yet");
    }),
    CONNECTORS_FAILED(FakePorthole::signedIn, app -> {
        app.porthole.failure =
                new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer. It will be tried again.");
        app.go(Screen.CONNECTORS);
        app.see("could not be loaded");
    }),
    CONNECTOR_NEW(Gallery::connectors, app -> {
        app.go(Screen.CONNECTORS);
        app.see("build-server");
        app.fire("#connectors-new");
        app.see("An agent without a screen");
    }),
    CONNECTOR_ROTATE_FAILED(Gallery::connectors, app -> {
        app.go(Screen.CONNECTORS);
        app.see("build-server");
        app.porthole.failure = new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer.");
        app.fireNamed("Show connection info of build-server");
        app.see("does not answer");
    }),
    CONNECTION_SHOWN(Gallery::connectors, app -> {
        app.go(Screen.CONNECTORS);
        app.see("build-server");
        app.fireNamed("Show connection info of build-server");
        app.see("Connect build-server");
    }),
    CONNECTION_MADE(Gallery::connectors, app -> {
        app.go(Screen.CONNECTORS);
        app.see("build-server");
        app.fire("#connectors-new");
        app.see("An agent without a screen");
        app.dialogField("#name-field", "ci-runner");
        app.dialogFire("Create");
        app.see("shown once");
    }),
    ACTIVITY(Gallery::activity, app -> {
        app.go(Screen.ACTIVITY);
        app.see("turned");
    }),
    ACTIVITY_EMPTY(FakePorthole::signedIn, app -> {
        app.go(Screen.ACTIVITY);
        app.see("Nothing has happened yet");
    }),
    ACTIVITY_FAILED(FakePorthole::signedIn, app -> {
        app.porthole.failure =
                new PortholeException(Kind.UNREACHABLE, "tunnels.acme.dev does not answer. It will be tried again.");
        app.go(Screen.ACTIVITY);
        app.see("could not be loaded");
    }),
    PROJECT_LIST(Gallery::projects, app -> {
        app.go(Screen.PROJECTS);
        app.see("Navy");
    }),
    PROJECT_NEW(Gallery::projects, app -> {
        app.go(Screen.PROJECTS);
        app.see("Navy");
        app.fire("#projects-new");
        app.see("Create project");
    }),
    SETTINGS(Gallery::busyDay, app -> {
        app.go(Screen.SETTINGS);
        app.see("High contrast");
    }),
    LINK(Gallery::busyDay, app -> {
        app.see("orders-api");
        Fx.run(() -> app.fixture.app.links().asked(new DeepLink(8080)));
        app.see("where orders-api listens");
        Fx.run(app.fixture::timePasses);
    }),
    SETTINGS_CONTRAST(Gallery::busyDay, app -> {
        app.go(Screen.SETTINGS);
        app.see("High contrast");
        Fx.run(() -> app.fixture.app.theme().contrastProperty().set(true));
    }),
    SETTINGS_SERVER(Gallery::busyDay, app -> {
        app.settings(Section.SERVER);
        app.see("Signed in as");
    }),
    SETTINGS_NOTIFICATIONS(Gallery::busyDay, app -> {
        app.settings(Section.NOTIFICATIONS);
        app.see("First visitor");
    }),
    SETTINGS_UPDATES(Gallery::busyDay, app -> {
        app.settings(Section.UPDATES);
        app.see("This is Porthole");
        app.fire("#updates-look");
        app.see("Porthole 0.2.0 is there");
    }),
    SETTINGS_UPDATES_READY(
            porthole -> {
                busyDay(porthole);
                porthole.installerIsThere = true;
            },
            app -> {
                app.settings(Section.UPDATES);
                app.see("This is Porthole");
                app.fire("#updates-look");
                app.see("ready to install");
            }),
    SETTINGS_DIAGNOSTICS(Gallery::busyDay, app -> {
        app.settings(Section.DIAGNOSTICS);
        app.see("not looked at yet");
    }),
    SETTINGS_DOCTOR_WELL(Gallery::busyDay, app -> {
        app.settings(Section.DIAGNOSTICS);
        app.see("not looked at yet");
        app.fire("#doctor-run");
        app.see("Nothing is wrong.");
    }),
    SETTINGS_DOCTOR_ILL(
            porthole -> {
                busyDay(porthole);
                porthole.doctor = FakeDoctor.ill();
            },
            app -> {
                app.settings(Section.DIAGNOSTICS);
                app.see("not looked at yet");
                app.fire("#doctor-run");
                app.see("checks found something wrong");
                app.fire("#doctor-export");
                app.see("Saved as");
            }),
    QUESTION(Gallery::busyDay, app -> {
        Fx.run(app.fixture.window::quit);
        app.see("Quit Porthole?");
    }),
    CLOSED(Gallery::busyDay, app -> {
        Fx.run(app.fixture::close);
        app.see("minimised instead");
    });

    private final Consumer<FakePorthole> before;
    private final Consumer<Visit> then;

    Gallery(Consumer<FakePorthole> before, Consumer<Visit> then) {
        this.before = before;
        this.then = then;
    }

    /** What the façade is like when the app starts. */
    void prepare(FakePorthole porthole) {
        before.accept(porthole);
    }

    /** Goes there. */
    void visit(AppFixture fixture) {
        then.accept(new Visit(fixture, fixture.porthole));
    }

    String fileName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** A day with programs that listen and tunnels that run. */
    static void busyDay(FakePorthole porthole) {
        porthole.signedIn();
        porthole.link.set(new Link.Connected(2, Duration.ofMillis(18)));
        porthole.ports = List.of(
                FakePorthole.port(5173, "node", "web-shop", "Vite", Duration.ofMinutes(2)),
                FakePorthole.port(8080, "java", "orders-api", "Spring Boot", Duration.ofMinutes(47)),
                FakePorthole.port(8000, "python3", "admin", "Django", Duration.ofHours(3)),
                FakePorthole.port(5432, "postgres", null, "PostgreSQL 17", Duration.ofDays(6)),
                FakePorthole.port(4321, "", null, null, Duration.ofDays(6)),
                new ListeningPort(631, 1, "cupsd", "cupsd", null, "Printing", FakePorthole.NOW, true));
        porthole.put(porthole.tunnel("web-shop", Endpoint.parse("5173"), Phase.READY, ""));
        porthole.put(porthole.tunnel("hooks-dev", Endpoint.parse("9000"), Phase.STARTING, "Waiting for the route"));
        porthole.put(porthole.tunnel("admin", Endpoint.parse("8000"), Phase.ENDPOINT_DOWN, ""));
        porthole.put(porthole.tunnel("storybook", Endpoint.parse("6006"), Phase.STOPPED, ""));
    }

    private static void connectors(FakePorthole porthole) {
        busyDay(porthole);
        porthole.connectors.thisDevice("tun_1", "tun_2", "tun_3");
        porthole.connectors.other(Connector.Kind.managed, "graces-desktop", false);
        porthole.connectors.other(Connector.Kind.external, "build-server", true, "tun_4");
        porthole.connectors.other(Connector.Kind.external, "garage-pi", false);
    }

    private static void activity(FakePorthole porthole) {
        connectors(porthole);
        String[] sorts = {"tunnel.created", "session.connected", "tunnel.enabled", "key.created", "tunnel.disabled"};
        String[] things = {"tun_1", "con_1", "tun_2", "key_1", "tun_3"};
        for (int at = 0; at < 300; at++) {
            int sort = at % sorts.length;
            porthole.activity.add(at % 3 == 0 ? "Grace" : "Ada", sorts[sort], things[sort], sort == 3 ? "ci" : null);
        }
        porthole.activity.add("Grace", "connector.rotated", "con_3", null);
        porthole.activity.add("Ada", "tunnel.deleted", "tun_99", "a-rather-long-name-that-somebody-gave-to-a-tunnel");
    }

    private static void projects(FakePorthole porthole) {
        busyDay(porthole);
        Organization navy = new Organization("org_2", "Navy");
        porthole.projects = List.of(
                FakePorthole.DOCS,
                FakePorthole.WEB_SHOP,
                new Project("prj_3", "billing-and-everything-that-hangs-on-it", FakePorthole.DOCS.organization()),
                new Project("prj_4", "compilers", navy),
                new Project("prj_5", "lab", navy),
                new Project("prj_6", "training", navy));
        porthole.ownership.roles.put("org_2", Role.member);
    }

    /** The same, with visitors. */
    static void liveDay(FakePorthole porthole) {
        busyDay(porthole);
        porthole.traffic("tun_1").set(FakeTraffic.of(8));
        porthole.traffic("tun_3").set(FakeTraffic.quietFor(Duration.ofMinutes(12)));
    }

    /** Someone who looks around. */
    record Visit(AppFixture fixture, FakePorthole porthole) {
        void field(String id, String words) {
            Fx.run(() -> ((TextField) fixture.stage.getScene().lookup(id)).setText(words));
        }

        void fire(String id) {
            Fx.run(() -> ((ButtonBase) fixture.stage.getScene().lookup(id)).fire());
        }

        void fireNamed(String name) {
            Fx.until("the button " + name, () -> button(name).isPresent());
            Fx.run(() -> button(name).orElseThrow().fire());
        }

        void dialogField(String id, String words) {
            Fx.run(() -> ((TextField) fixture.top().lookup(id)).setText(words));
        }

        void dialogFire(String words) {
            Fx.run(() -> SceneWalk.of(fixture.top()).stream()
                    .filter(node -> node instanceof Button button && words.equals(button.getText()))
                    .map(Button.class::cast)
                    .findFirst()
                    .orElseThrow()
                    .fire());
        }

        void go(Screen screen) {
            Fx.run(() -> fixture.app.shell().screenProperty().set(screen));
        }

        void open(String tunnel) {
            Fx.run(() -> fixture.app.shell().openTunnel(tunnel));
        }

        void tab(String name) {
            Fx.until("the tab " + name, () -> toggle(name).isPresent());
            Fx.run(() -> toggle(name).orElseThrow().fire());
        }

        private Optional<ToggleButton> toggle(String name) {
            return SceneWalk.of(fixture.stage.getScene()).stream()
                    .filter(node -> node.getStyleClass().contains("tab-entry"))
                    .map(ToggleButton.class::cast)
                    .filter(tab -> tab.getText().equals(name))
                    .findFirst();
        }

        MenuButton choose(String name) {
            return SceneWalk.of(fixture.stage.getScene()).stream()
                    .filter(MenuButton.class::isInstance)
                    .map(MenuButton.class::cast)
                    .filter(menu -> name.equals(menu.getAccessibleText()))
                    .findFirst()
                    .orElseThrow();
        }

        void settings(Section section) {
            Fx.run(() -> fixture.app.settings().sectionProperty().set(section));
            go(Screen.SETTINGS);
        }

        void see(String words) {
            Fx.until(
                    "“" + words + "” on the screen",
                    () -> SceneWalk.of(fixture.top()).stream()
                            .anyMatch(node -> node instanceof Labeled label
                                    && label.getText() != null
                                    && label.getText().contains(words)));
        }

        private Optional<Button> button(String name) {
            return SceneWalk.of(fixture.stage.getScene()).stream()
                    .filter(Button.class::isInstance)
                    .map(Button.class::cast)
                    .filter(button -> name.equals(button.getAccessibleText()))
                    .findFirst();
        }
    }
}
