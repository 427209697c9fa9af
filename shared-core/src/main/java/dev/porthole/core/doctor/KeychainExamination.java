package dev.porthole.core.doctor;

import dev.porthole.core.auth.SecretStore;
import dev.porthole.core.auth.SecretStores;
import dev.porthole.core.config.PortholeHome;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Whether a secret that is kept where the sign-in is can be taken out again. */
final class KeychainExamination implements Examination {
    private static final String NAME = "doctor/probe";

    private final PortholeHome home;

    KeychainExamination(PortholeHome home) {
        this.home = home;
    }

    @Override
    public Answer look(Chart chart) {
        if (!chart.patient().keeps()) {
            return Answer.of(Reason.KEYCHAIN_NOT_NEEDED);
        }
        try {
            SecretStore store = SecretStores.choose(home);
            String probe = UUID.randomUUID().toString();
            store.write(NAME, probe);
            Optional<String> kept = store.read(NAME);
            store.delete(NAME);
            if (!kept.equals(Optional.of(probe))) {
                return Answer.of(Reason.KEYCHAIN_BROKEN, store.protection());
            }
            return Answer.of(
                    switch (store.kind()) {
                        case KEYCHAIN, MEMORY -> Reason.KEYCHAIN_WORKS;
                        case SEALED_FILE -> Reason.KEYCHAIN_SEALED_FILE;
                        case PRIVATE_FILE -> Reason.KEYCHAIN_PRIVATE_FILE;
                    });
        } catch (IOException failed) {
            return Answer.of(Reason.KEYCHAIN_BROKEN, ServerExamination.messageOf(failed));
        }
    }
}
