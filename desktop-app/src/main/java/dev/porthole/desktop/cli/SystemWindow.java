package dev.porthole.desktop.cli;

import dev.porthole.core.observe.Subscription;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The window of this process, asked of the system: {@code ioctl(TIOCGWINSZ)} on standard error, as tty_ioctl(4) has it,
 * and SIGWINCH. On Linux and macOS; elsewhere there is none. The first question takes a few ten milliseconds, so nobody
 * asks before there is something to draw.
 */
final class SystemWindow implements Window {
    private static final int STANDARD_ERROR = 2;
    private static final long LINUX_TIOCGWINSZ = 0x5413;
    private static final long MACOS_TIOCGWINSZ = 0x40087468;
    /** struct winsize: rows, columns, and the same in pixels. */
    private static final int SHORTS = 4;

    private @Nullable MethodHandle ioctl;

    @Override
    public OptionalInt columns() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("linux")) {
            return columns(LINUX_TIOCGWINSZ);
        }
        return os.startsWith("mac") ? columns(MACOS_TIOCGWINSZ) : OptionalInt.empty();
    }

    @Override
    public Subscription onResize(Runnable resized) {
        try {
            return Signals.load().handle("WINCH", _ -> resized.run()).orElse(() -> {})::run;
        } catch (ReflectiveOperationException notThisVirtualMachine) {
            return () -> {};
        }
    }

    private OptionalInt columns(long request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, SHORTS);
            int result = (int) handle().invokeExact(STANDARD_ERROR, request, size);
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return result == 0 && columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        } catch (Throwable notHere) {
            return OptionalInt.empty();
        }
    }

    // The launcher allows native access; the warning is for those who compile.
    @SuppressWarnings("restricted")
    private MethodHandle handle() {
        MethodHandle known = ioctl;
        if (known == null) {
            Linker linker = Linker.nativeLinker();
            known = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("ioctl"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2));
            ioctl = known;
        }
        return known;
    }
}
