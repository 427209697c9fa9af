package dev.porthole.desktop.tray;

import dev.porthole.icons.MarkLook;
import dev.porthole.icons.MarkPixels;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The tray's icons in the sizes that panels have, drawn once each. Threads: any. */
final class TrayPixels {
    private static final List<Integer> SIZES = List.of(16, 22, 24, 32, 48);
    private static final Map<MarkLook, List<StatusNotifierItem.Pixmap>> DRAWN = new EnumMap<>(MarkLook.class);

    private TrayPixels() {}

    static List<StatusNotifierItem.Pixmap> pixmaps(MarkLook look) {
        synchronized (DRAWN) {
            return DRAWN.computeIfAbsent(look, TrayPixels::draw);
        }
    }

    private static List<StatusNotifierItem.Pixmap> draw(MarkLook look) {
        return SIZES.stream()
                .map(size -> {
                    int[] argb = MarkPixels.argbOnPanel(size, look);
                    // Network byte order, as the specification wants it.
                    ByteBuffer bytes = ByteBuffer.allocate(argb.length * Integer.BYTES);
                    bytes.asIntBuffer().put(argb);
                    return new StatusNotifierItem.Pixmap(size, size, bytes.array());
                })
                .toList();
    }
}
