package dev.porthole.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.porthole.server");

    @Test
    void serverSharesWordsWithTheCoreAndNothingElse() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.porthole.core",
                        "dev.porthole.core.agent..",
                        "dev.porthole.core.auth..",
                        "dev.porthole.core.config..",
                        "dev.porthole.core.discovery..",
                        "dev.porthole.core.inspect..",
                        "dev.porthole.core.observe..",
                        "dev.porthole.core.project..",
                        "dev.porthole.core.proxy..",
                        "dev.porthole.core.tunnel..",
                        "dev.porthole.desktop..")
                .because("server and clients are released apart: they share the api and wire packages alone")
                .check(SERVER);
    }

    @Test
    void edgeKnowsNeitherStoreNorControlPlane() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.porthole.server.edge..", "dev.porthole.server.relay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.porthole.server.store..",
                        "dev.porthole.server.control..",
                        "dev.porthole.server.identity..",
                        "dev.porthole.server.console..")
                .because("event loops must not be able to wait for a database")
                .check(SERVER);
    }

    @Test
    void storeKnowsNobodyAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.porthole.server.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.porthole.server.control..",
                        "dev.porthole.server.identity..",
                        "dev.porthole.server.edge..",
                        "dev.porthole.server.relay..",
                        "io.undertow..")
                .because("another database is another set of repositories, and nothing else")
                .check(SERVER);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.porthole.server.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that needs its own user can't be understood alone")
                .check(SERVER);
    }
}
