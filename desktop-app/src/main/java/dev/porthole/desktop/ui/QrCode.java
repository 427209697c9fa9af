package dev.porthole.desktop.ui;

import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/**
 * A QR code, drawn from its modules: dark on white with the quiet zone that readers want, whatever the theme. Looks
 * sharp at every scale.
 */
public final class QrCode extends Region {
    /** ISO/IEC 18004 wants four modules of white on each side. */
    private static final int QUIET = 4;

    private final Path modules = new Path();
    private final double side;
    private String shown = "";

    /** @param side in pixels, with the quiet zone */
    public QrCode(double side) {
        this.side = side;
        getStyleClass().add("qr-code");
        modules.getStyleClass().add("qr-modules");
        // Edges between modules must not shine through.
        modules.setSmooth(false);
        modules.setManaged(false);
        getChildren().add(modules);
        setMinSize(side, side);
        setPrefSize(side, side);
        setMaxSize(side, side);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    /** Shows an address; the same one again costs nothing. */
    public void show(String address) {
        if (address.equals(shown)) {
            return;
        }
        shown = address;
        setAccessibleText(Texts.text("qr.name", address));
        draw(io.nayuki.qrcodegen.QrCode.encodeText(address, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM));
    }

    /** One rectangle for each run of dark modules in a row. */
    private void draw(io.nayuki.qrcodegen.QrCode code) {
        double unit = side / (code.size + 2 * QUIET);
        modules.getElements().clear();
        for (int y = 0; y < code.size; y++) {
            int from = -1;
            for (int x = 0; x <= code.size; x++) {
                boolean dark = x < code.size && code.getModule(x, y);
                if (dark && from < 0) {
                    from = x;
                } else if (!dark && from >= 0) {
                    rectangle((from + QUIET) * unit, (y + QUIET) * unit, (x - from) * unit, unit);
                    from = -1;
                }
            }
        }
    }

    private void rectangle(double x, double y, double width, double height) {
        modules.getElements()
                .addAll(
                        new MoveTo(x, y),
                        new LineTo(x + width, y),
                        new LineTo(x + width, y + height),
                        new LineTo(x, y + height),
                        new ClosePath());
    }
}
