package dev.porthole.desktop.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;

/** The FX thread, for tests: run something on it, wait until it shows something, take its picture. */
public final class Fx {
    private static final int PATIENCE_SECONDS = 30;

    private Fx() {}

    /** Runs on the FX thread and waits for the result. */
    public static <T> T call(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        return join(result, "work on the FX thread");
    }

    /** Runs on the FX thread and waits for the end. */
    public static void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** Looks once in each pulse until the condition holds, and then one pulse more, so that the layout is done. */
    public static void until(String what, BooleanSupplier condition) {
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        AnimationTimer pulses = new AnimationTimer() {
            private boolean once;

            @Override
            public void handle(long now) {
                try {
                    if (once) {
                        held.complete(true);
                    }
                    once = condition.getAsBoolean();
                } catch (Throwable failure) {
                    held.completeExceptionally(failure);
                }
            }
        };
        run(pulses::start);
        try {
            join(held, what);
        } finally {
            run(pulses::stop);
        }
    }

    /** Writes a picture of what the scene shows. */
    public static Path picture(Scene scene, Path file) {
        return picture(scene, file, 1);
    }

    /** Writes a picture of what the scene shows on a screen with {@code scale} times the pixels. */
    public static Path picture(Scene scene, Path file, double scale) {
        WritableImage image = call(() -> {
            Parent root = scene.getRoot();
            root.applyCss();
            root.layout();
            SnapshotParameters how = new SnapshotParameters();
            how.setFill(scene.getFill());
            how.setTransform(Transform.scale(scale, scale));
            return root.snapshot(how, null);
        });
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ImageIO.write(copy, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static <T> T join(CompletableFuture<T> result, String what) {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("waiting for: " + what, e);
        }
    }
}
