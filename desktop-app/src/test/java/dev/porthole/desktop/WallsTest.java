package dev.porthole.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.porthole.desktop");

    @Test
    void onlyTheEmbeddedServersPackageTouchesTheServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.porthole.desktop.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.porthole.server..")
                .because("the app talks to its own server over HTTP like to any other; one package starts it")
                .check(CLASSES);
    }

    @Test
    void theCommandLineTouchesNoJavaFx() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.porthole.desktop.cli..", "dev.porthole.desktop.service..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx..")
                .because("commands run where there is no screen, and start in a fraction of the time")
                .check(CLASSES);
    }

    @Test
    void viewModelsHoldNoControls() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("view models are tested without a screen; views only bind to them")
                .check(CLASSES);
    }
}
