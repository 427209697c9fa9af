package dev.porthole.core.api;

import java.util.List;

/** Codes for the day without the authenticator app: each works once, and they are shown once. */
public record RecoveryCodes(List<String> recoveryCodes) {
    public RecoveryCodes {
        recoveryCodes = List.copyOf(recoveryCodes);
    }

    /** Without the codes. */
    @Override
    public String toString() {
        return "RecoveryCodes[" + recoveryCodes.size() + "]";
    }
}
