package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.FocusInSight;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Switch;
import dev.porthole.desktop.ui.Tabs;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** One tunnel: its address, what is wrong with it if something is, its traffic, its stages, its settings. */
final class TunnelPage extends VBox {
    private static final int SETTINGS = 2;

    private final TunnelItem item;
    private final TunnelsViewModel model;
    private final RepairButtons repairs;
    private final Button back;
    private final StateDot dot = new StateDot(Tone.QUIET);
    private final Label label = new Label();
    private final Label word = new Label();
    private final Switch power = new Switch();
    private final AddressCard card;
    private final Label note = new Label();
    private final HBox mending = new HBox();
    private final VBox trouble = new VBox(note, mending);
    private final TrafficPane traffic = new TrafficPane();
    private final StagesPane stages;
    private final VBox details = new VBox();
    private final VBox part = new VBox();
    private final TunnelSettingsPane settings;
    private final Tabs tabs;
    private List<Repair> offered = List.of();

    TunnelPage(TunnelItem item, TunnelsViewModel model, TunnelDoors doors) {
        this.item = item;
        this.model = model;
        this.repairs = new RepairButtons(model.actions(), _ -> openSettings());
        this.card = new AddressCard(item, model);
        this.stages = new StagesPane(repairs);
        this.settings = new TunnelSettingsPane(model.settings(item));
        getStyleClass().add("screen");
        back = Buttons.icon(Feather.ARROW_LEFT, text("page.back"), doors::list);
        back.setId("page-back");
        back.getStyleClass().add("quiet-button");
        VBox stagesPart = stagesPart();
        tabs = new Tabs(
                List.of(text("page.traffic"), text("page.stages"), text("page.settings")),
                index -> part.getChildren().setAll(index == 0 ? traffic : index == SETTINGS ? settings : stagesPart));
        trouble.getStyleClass().addAll("lines", "trouble");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        VBox all = new VBox(card, trouble, tabs, part);
        all.getStyleClass().add("page");
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        FocusInSight.in(scroll);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        // The bar stands beside the cards, not on them.
        VBox.setMargin(scroll, new Insets(0, -16, 0, 0));
        getChildren().addAll(heading(doors), scroll);
        render();
        FxBindings.whileShown(this, this::follow);
    }

    boolean isOf(TunnelItem other) {
        return item.equals(other);
    }

    /** Puts the keyboard's focus at the page's beginning. */
    void focusFirst() {
        back.requestFocus();
    }

    /** Shows the settings. */
    void openSettings() {
        tabs.choose(SETTINGS);
    }

    private HBox heading(TunnelDoors doors) {
        label.getStyleClass().add("screen-title");
        label.setMinWidth(40);
        word.getStyleClass().add("pill");
        word.setMinWidth(Region.USE_PREF_SIZE);
        power.setOnAction(event -> {
            model.actions().toggle(item);
            render();
        });
        Button delete = Buttons.plain(
                text("tunnel.delete"), () -> TunnelMenu.askToDelete(this, item, model.actions(), doors::list));
        delete.getStyleClass().add("danger-text");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox heading = new HBox(back, dot, label, word, space, power, delete);
        heading.getStyleClass().add("page-heading");
        return heading;
    }

    private VBox stagesPart() {
        Button show = Buttons.plain(text("details.show"), () -> {
            details.getChildren().setAll(StagesPane.details(item.state().tunnel()));
            Visible.set(details, !details.isVisible());
        });
        Visible.set(details, false);
        VBox padded = new VBox(stages);
        padded.getStyleClass().addAll("card", "padded");
        VBox all = new VBox(padded, show, details);
        all.getStyleClass().add("page-part");
        return all;
    }

    private Subscription follow() {
        javafx.util.Subscription changes = item.stateProperty()
                .subscribe(this::render)
                .and(item.busyProperty().subscribe(this::render))
                .and(item.problemProperty().subscribe(this::render))
                .and(item.ownUrlProperty().subscribe(this::render))
                .and(item.newsOfStagesProperty().subscribe(this::renderStages))
                .and(model.linkProperty().subscribe(this::renderStages))
                .and(item.trafficProperty().subscribe(now -> {
                    traffic.show(now);
                    card.show(now);
                }));
        render();
        model.actions().remember(item);
        Subscription watching = model.watch(item);
        return () -> {
            changes.unsubscribe();
            watching.close();
        };
    }

    private void render() {
        dot.setTone(item.tone());
        label.setText(item.label());
        word.setText(item.word());
        item.tone().apply(word);
        power.setSelected(item.on());
        power.setBusy(item.busyProperty().get());
        power.setAccessibleText(text("tunnel.switch", item.label(), item.word()));
        card.render();
        renderStages();
    }

    private void renderStages() {
        List<TunnelStage> now = TunnelStage.of(
                item, model.linkProperty().get(), item.trafficProperty().get().at());
        stages.show(now, item);
        List<Repair> repair = now.stream()
                .map(TunnelStage::repairs)
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(List.of());
        if (!repair.equals(offered)) {
            offered = repair;
            mending.getChildren().setAll(repairs.of(repair, item));
        }
        note.setText(item.note());
        boolean bad = item.tone() == Tone.BAD || !item.problemProperty().get().isEmpty();
        (bad ? Tone.BAD : Tone.WAITING).apply(trouble);
        Visible.set(note, !item.note().isEmpty());
        Visible.set(mending, !repair.isEmpty());
        Visible.set(trouble, note.isVisible() || mending.isVisible());
    }
}
