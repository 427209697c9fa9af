package dev.porthole.desktop.cli;

import dev.porthole.core.InvalidSettingException;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.Setting;
import dev.porthole.core.Settings;
import dev.porthole.core.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A command on {@code config.yml}: asks no server, and needs no sign-in. */
abstract class ConfigCommand implements Callable<Integer> {
    final Surroundings surroundings;
    final CommonOptions options;

    ConfigCommand(Surroundings surroundings, CommonOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public final Integer call() throws PortholeException {
        try (ConfigFile file = new ConfigFile(path(), InstantSource.system())) {
            run(file);
            return Command.FINE;
        } catch (InvalidSettingException wrong) {
            throw new PortholeException(Kind.WRONG_USE, String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException failed) {
            throw new PortholeException(Kind.FAILED, path() + " can't be written: " + failed.getMessage(), failed);
        }
    }

    /** Does it, with the file as it is now. */
    abstract void run(ConfigFile file) throws PortholeException, IOException;

    final Path path() {
        return surroundings.home().configFile();
    }

    final Terminal terminal() {
        return options.heard(surroundings.terminal());
    }

    /** Fails while the file can't be read: what it says then is not known, and it is not written over. */
    static void requireReadable(ConfigFile file) throws PortholeException {
        Optional<String> problem = file.problem().get();
        if (problem.isPresent()) {
            throw new PortholeException(Kind.FAILED, problem.get() + ". Mend it or move it away.");
        }
    }

    /** The setting of this name; an unknown one is wrong use. */
    static Setting setting(String key) {
        return Settings.named(key);
    }
}
