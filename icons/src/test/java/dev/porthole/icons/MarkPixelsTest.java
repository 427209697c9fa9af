package dev.porthole.icons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkPixelsTest {
    // UX, The tray: state icon (idle, sharing, attention)
    @ParameterizedTest
    @ValueSource(ints = {16, 22, 24, 32, 48})
    void threeLooksDifferAtEverySizeOfAPanel(int size) {
        int[] idle = MarkPixels.argbOnPanel(size, MarkLook.IDLE);
        int[] sharing = MarkPixels.argbOnPanel(size, MarkLook.SHARING);
        int[] attention = MarkPixels.argbOnPanel(size, MarkLook.ATTENTION);

        // A tenth of the area at least: nobody tells two icons apart by three pixels.
        int least = size * size / 10;
        assertThat(differing(idle, sharing)).isGreaterThan(least);
        assertThat(differing(idle, attention)).isGreaterThan(least);
        assertThat(differing(sharing, attention)).isGreaterThan(least);
    }

    @Test
    void ringIsSmoothRoundAndTouchesTheEdge() {
        int size = 32;
        int[] mark = MarkPixels.argb(size, MarkLook.IDLE);

        assertThat(mark[0]).as("the corner").isZero();
        assertThat(mark[size / 2] >>> 24).as("the top of the ring").isGreaterThan(0xF0);
        assertThat(mark[4 * size + 4] >>> 24)
                .as("a pixel that the ring covers in part")
                .isBetween(0x10, 0xF0);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size / 2; x++) {
                // The water is not symmetric; what is outside of the glass is.
                if (Math.hypot(x - 15.5, y - 15.5) > 9) {
                    assertThat(mark[y * size + x])
                            .as("%s, %s and its mirror image", x, y)
                            .isEqualTo(mark[y * size + size - 1 - x]);
                }
            }
        }
    }

    @Test
    void sizeOfNothingIsRefused() {
        assertThatThrownBy(() -> MarkPixels.argb(0, MarkLook.IDLE)).hasMessage("size: 0 (expected: 1 or more)");
    }

    private static long differing(int[] one, int[] other) {
        assertThat(one).hasSameSizeAs(other);
        return IntStream.range(0, one.length).filter(at -> one[at] != other[at]).count();
    }
}
