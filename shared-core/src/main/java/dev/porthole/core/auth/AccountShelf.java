package dev.porthole.core.auth;

import dev.porthole.core.config.LockFile;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code accounts.json}: everyone who signed in on this device and did not sign out again, so that one may change over
 * without a browser. Who of them is active says {@link AccountFile}. No secret is in it. Blocking; any thread.
 */
public final class AccountShelf {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<Account>> ACCOUNTS = new TypeReference<>() {};

    private final Path file;

    public AccountShelf(Path file) {
        this.file = file;
    }

    /** All of them, in the order in which they came; nobody if the file can't be understood. */
    public List<Account> all() throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), ACCOUNTS);
        } catch (NoSuchFileException | JacksonException none) {
            return List.of();
        }
    }

    /** The one of this server and user, if it is kept. */
    public Optional<Account> find(Account like) throws IOException {
        return all().stream().filter(like::isSame).findFirst();
    }

    /** Keeps an account, in the place of what was kept of the same server and user. */
    public void keep(Account account) throws IOException {
        change(all -> {
            List<Account> changed = new ArrayList<>(all);
            changed.replaceAll(one -> one.isSame(account) ? account : one);
            if (changed.stream().noneMatch(account::isSame)) {
                changed.add(account);
            }
            return changed;
        });
    }

    /** Forgets an account. */
    public void forget(Account account) throws IOException {
        change(all -> all.stream().filter(one -> !one.isSame(account)).toList());
    }

    private void change(UnaryOperator<List<Account>> change) throws IOException {
        try (LockFile _ = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"))) {
            List<Account> before = all();
            List<Account> after = change.apply(before);
            if (!after.equals(before)) {
                PrivateFiles.replace(file, JSON.writeValueAsBytes(after));
            }
        }
    }
}
