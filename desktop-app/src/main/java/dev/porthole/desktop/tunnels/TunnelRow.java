package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.desktop.ui.Amounts;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.CopyButton;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.LinkDrag;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Sparkline;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Switch;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A tunnel: its state, its address, what passes through it, its switch; and below, when it is unfolded, its stages. */
final class TunnelRow extends VBox {
    /** In a narrower row there is no room for the line of traffic. */
    private static final double ROOM_FOR_LINE = 620;

    private static final int LONGEST_WHOLE_ADDRESS = 30;

    private final TunnelItem item;
    private final TunnelsViewModel model;
    private final TunnelDoors doors;
    private final RepairButtons repairs;
    private final StateDot dot = new StateDot(Tone.QUIET);
    private final Hyperlink label = new Hyperlink();
    private final Label word = new Label();
    private final Label elsewhere = new Label(text("tunnel.elsewhere"));
    private final Hyperlink address = new Hyperlink();
    private final Label endpoint = new Label();
    private final Label note = new Label();
    private final HBox mending = new HBox();
    private final Sparkline line = new Sparkline(96, 26);
    private final Label rate = new Label();
    private final Label last = new Label();
    private final CopyButton copy;
    private final Switch power = new Switch();
    private final Button unfold;
    private final FontIcon arrow = new FontIcon(Feather.CHEVRON_DOWN);
    private final TunnelMenu menu;
    private final StagesPane stages;
    private List<Repair> offered = List.of();

    TunnelRow(TunnelItem item, TunnelsViewModel model, TunnelDoors doors) {
        this.item = item;
        this.model = model;
        this.doors = doors;
        this.repairs = new RepairButtons(model.actions(), doors::settings);
        this.stages = new StagesPane(repairs);
        getStyleClass().add("tunnel-row");
        copy = CopyButton.small(text("share.copyAddress"), () -> model.actions().copy(item));
        menu = new TunnelMenu(item, model, doors, copy);
        unfold = Buttons.icon(
                Feather.CHEVRON_DOWN,
                text("tunnel.unfold"),
                () -> item.expandedProperty().set(!item.expandedProperty().get()));
        unfold.setGraphic(arrow);
        unfold.getStyleClass().add("quiet-button");
        power.setOnAction(event -> {
            model.actions().toggle(item);
            render();
        });
        HBox buttons = new HBox(copy, power, menu, unfold);
        buttons.getStyleClass().add("row-buttons");
        HBox top = new HBox(dot, words(), line, figures(), buttons);
        top.getStyleClass().add("row");
        stages.getStyleClass().add("row-stages");
        getChildren().addAll(top, stages);
        // The small window keeps the address whole; copying is one click on it.
        widthProperty().map(width -> width.doubleValue() >= ROOM_FOR_LINE).subscribe(roomy -> {
            Visible.set(line, roomy);
            Visible.set(copy, roomy);
        });
        // A list measures rows before it shows them.
        render();
        FxBindings.whileShown(this, this::follow);
    }

    boolean isOf(TunnelItem other) {
        return item.equals(other);
    }

    private Subscription follow() {
        javafx.util.Subscription changes = item.stateProperty()
                .subscribe(this::render)
                .and(item.busyProperty().subscribe(this::render))
                .and(item.problemProperty().subscribe(this::render))
                .and(item.ownUrlProperty().subscribe(this::render))
                .and(item.newsOfStagesProperty().subscribe(this::renderStages))
                .and(model.linkProperty().subscribe(this::renderStages))
                .and(item.expandedProperty().subscribe(this::renderStages))
                .and(item.trafficProperty().subscribe(this::renderTraffic));
        render();
        Subscription traffic = model.watch(item);
        return () -> {
            changes.unsubscribe();
            traffic.close();
        };
    }

    private VBox words() {
        label.getStyleClass().addAll("strong", "row-title");
        label.setMnemonicParsing(false);
        label.setMinWidth(40);
        label.setTooltip(new Tooltip(text("tunnel.page.hint")));
        label.setOnAction(event -> {
            label.setVisited(false);
            doors.page(item.id());
        });
        word.getStyleClass().add("pill");
        word.setMinWidth(Region.USE_PREF_SIZE);
        elsewhere.getStyleClass().add("pill");
        elsewhere.setMinWidth(Region.USE_PREF_SIZE);
        endpoint.getStyleClass().addAll("mono", "muted");
        endpoint.setMinWidth(0);
        note.getStyleClass().addAll("small", "tunnel-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        HBox name = new HBox(label, word, elsewhere);
        name.getStyleClass().add("words");
        HBox where = new HBox(prepareAddress(), endpoint);
        where.getStyleClass().add("words");
        VBox lines = new VBox(name, where, note, mending);
        lines.getStyleClass().add("lines");
        lines.setMinWidth(0);
        HBox.setHgrow(lines, Priority.ALWAYS);
        return lines;
    }

    private VBox figures() {
        rate.getStyleClass().addAll("figures", "strong");
        last.getStyleClass().addAll("small", "muted");
        rate.setMinWidth(Region.USE_PREF_SIZE);
        last.setMinWidth(Region.USE_PREF_SIZE);
        VBox figures = new VBox(rate, last);
        figures.setAlignment(Pos.CENTER_RIGHT);
        figures.setMinWidth(76);
        return figures;
    }

    private Hyperlink prepareAddress() {
        address.getStyleClass().addAll("mono", "address");
        address.setMnemonicParsing(false);
        address.setTooltip(new Tooltip(text("tunnel.address.hint")));
        address.setOnAction(event -> {
            address.setVisited(false);
            model.actions().copy(item);
            copy.confirm();
        });
        address.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                model.actions().open(item);
            }
        });
        LinkDrag.from(address, item::url);
        return address;
    }

    private void render() {
        String name = item.label();
        dot.setTone(item.tone());
        label.setText(name);
        word.setText(item.word());
        item.tone().apply(word);
        Visible.set(elsewhere, !item.state().here() && item.on());
        address.setText(PlainText.of(item.url()));
        // The endpoint gives way first, unless the address alone is too long for the row.
        address.setMinWidth(item.url().length() <= LONGEST_WHOLE_ADDRESS ? Region.USE_PREF_SIZE : 60);
        endpoint.setText("→ " + item.endpoint());
        note.setText(item.note());
        Visible.set(note, !item.note().isEmpty() && !item.expandedProperty().get());
        boolean bad = item.tone() == Tone.BAD || !item.problemProperty().get().isEmpty();
        (bad ? Tone.BAD : Tone.WAITING).apply(note);
        power.setSelected(item.on());
        power.setBusy(item.busyProperty().get());
        label.setAccessibleText(text("tunnel.page", name));
        address.setAccessibleText(text("tunnel.address", name, PlainText.of(item.url())));
        copy.rename(text("share.copyAddressOf", name));
        power.setAccessibleText(text("tunnel.switch", name, item.word()));
        menu.render();
        renderStages();
        renderTraffic(item.trafficProperty().get());
    }

    private void renderStages() {
        boolean open = item.expandedProperty().get();
        List<TunnelStage> now = TunnelStage.of(
                item, model.linkProperty().get(), item.trafficProperty().get().at());
        Visible.set(stages, open);
        Visible.set(note, !item.note().isEmpty() && !open);
        arrow.setIconCode(open ? Feather.CHEVRON_UP : Feather.CHEVRON_DOWN);
        unfold.setAccessibleText(text(open ? "tunnel.foldOf" : "tunnel.unfoldOf", item.label()));
        List<Repair> repair = open
                ? List.of()
                : now.stream()
                        .flatMap(stage -> stage.repairs().stream())
                        .limit(1)
                        .toList();
        if (!repair.equals(offered)) {
            offered = repair;
            mending.getChildren().setAll(repairs.of(repair, item));
        }
        Visible.set(mending, !repair.isEmpty());
        if (open) {
            stages.show(now, item);
        }
    }

    private void renderTraffic(Traffic now) {
        line.show(now.requests().inSteps(5));
        rate.setText(Amounts.rate(now.requestsPerSecond()));
        last.setText(now.lastRequest()
                .or(() -> Optional.ofNullable(item.state().tunnel().lastActiveAt()))
                .map(then -> Amounts.when(then, now.at()))
                .orElse(text("tunnel.noRequests")));
    }
}
