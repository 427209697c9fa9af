package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account asks for a code after the password.
 *
 * @param available whether it can be switched on: for accounts with a password
 * @param recoveryCodes how many are left
 */
public record SecondFactorStatus(
        boolean on, boolean available, @Nullable Instant since, int recoveryCodes) {}
