package dev.porthole.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String CORE = "dev.porthole.core.";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.porthole.core");

    @Test
    void coreNeverHearsOfAScreenOrOfTheServer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javafx..", "java.awt..", "javax.swing..", "dev.porthole.server..", "dev.porthole.desktop..")
                .because("app and command line share the core, and calls run downward only")
                .check(MAIN);
    }

    @Test
    void wireKnowsNothingElseOfPorthole() {
        knowsOnly("wire", "both sides of the wire share it, a release apart");
    }

    @Test
    void apiKnowsWireFormatsOnly() {
        knowsOnly("api", "the server uses it too, and must not get the client's sign-in or agent with it");
    }

    @Test
    void configAndDiscoveryKnowNothingOfPorthole() {
        knowsOnly("config", "files and folders mean the same to whoever is signed in where", "observe");
        knowsOnly("discovery", "what listens on this computer has nothing to do with any server");
        knowsOnly("observe", "everything else is built on it");
    }

    @Test
    void authKnowsTheApiAndWhereFilesAre() {
        knowsOnly("auth", "signing in is the same whatever is shared afterwards", "api", "config", "observe");
    }

    @Test
    void partsDoNotGoInCircles() {
        slices().matching(CORE + "(*)..")
                .should()
                .beFreeOfCycles()
                .because("a part must be understandable without the parts above it")
                .check(MAIN);
    }

    private static void knowsOnly(String part, String because, String... others) {
        String[] forbidden = MAIN.stream()
                .map(type -> type.getPackageName())
                .distinct()
                .filter(name -> !name.equals(CORE + part))
                .filter(name -> java.util.Arrays.stream(others).noneMatch(other -> name.equals(CORE + other)))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(CORE + part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .because(because)
                .check(MAIN);
    }
}
