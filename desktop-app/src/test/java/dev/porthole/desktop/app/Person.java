package dev.porthole.desktop.app;

import dev.porthole.desktop.ui.Fx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.testfx.api.FxRobot;

/** Someone in front of the screen: clicks what has a name, types, and waits until something shows. */
public final class Person {
    private final FxRobot robot = new FxRobot();

    Person() {}

    /** Clicks the control with this name, as a screen reader or its label says it, once it can be clicked. */
    public void clicks(String name) {
        Fx.until(
                "“" + name + "” to click",
                () -> named(name).filter(node -> !node.isDisabled()).isPresent());
        robot.clickOn(Fx.call(() -> named(name).orElseThrow()));
    }

    /** Types into whatever has the keyboard's focus. */
    public void types(String words) {
        robot.write(words);
    }

    /** Types letters into whatever has the focus in a dialog, key by key: the robot writes into the first window. */
    public void typesInDialog(String letters) {
        letters.chars()
                .mapToObj(
                        letter -> KeyCode.getKeyCode(Character.toString(letter).toUpperCase(Locale.ROOT)))
                .forEach(this::presses);
    }

    /** Presses keys together and lets them go. */
    public void presses(KeyCode... keys) {
        robot.press(keys).release(keys);
    }

    /** Waits until these words show, as a label's or as a part of it. */
    public void sees(String words) {
        Fx.until("“" + words + "” on the screen", () -> shows(words));
    }

    /** Waits until these words show no more. */
    public void seesNoMore(String words) {
        Fx.until("no “" + words + "” on the screen", () -> !shows(words));
    }

    /** Whether something shown has this name. */
    public boolean finds(String name) {
        return Fx.call(() -> named(name).isPresent());
    }

    /** What the field with this name holds. */
    public String reads(String field) {
        return Fx.call(() -> ((TextInputControl) named(field).orElseThrow()).getText());
    }

    /** Waits until the control with this name has the keyboard's focus. */
    public void isAt(String name) {
        Fx.until(
                "the focus at “" + name + "”",
                () -> named(name).filter(Node::isFocused).isPresent());
    }

    /** The control with this name; on the FX thread. */
    Optional<Node> named(String name) {
        List<Node> shown = shown();
        return shown.stream()
                .filter(node -> name.equals(node.getAccessibleText()))
                .findFirst()
                .or(() -> shown.stream()
                        .filter(node -> node instanceof Labeled label
                                && label.getText() != null
                                && name.equals(label.getText().replace("_", "")))
                        .findFirst());
    }

    private boolean shows(String words) {
        return shown().stream()
                .anyMatch(node -> node instanceof Labeled label
                        && label.getText() != null
                        && label.getText().contains(words));
    }

    /** All that is on the screen, dialogs and menus first. */
    private static List<Node> shown() {
        List<Window> windows = new ArrayList<>(Window.getWindows());
        Collections.reverse(windows);
        return windows.stream()
                .filter(Window::isShowing)
                .flatMap(window -> SceneWalk.of(window.getScene()).stream())
                .toList();
    }
}
