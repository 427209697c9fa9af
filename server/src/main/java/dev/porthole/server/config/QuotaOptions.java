package dev.porthole.server.config;

import java.util.List;

/** The settings of the section {@code quota}. Administrators may go beyond all of them. */
final class QuotaOptions {
    private static final Setting<Integer> TUNNELS_PER_PROJECT = quota(
            "tunnels-per-project", "100", "Tunnels of a project. A team shares a dozen apps, each on a few ports.");
    private static final Setting<Integer> TUNNELS_PER_USER = quota(
            "tunnels-per-user",
            "250",
            "Tunnels that one person made, over all projects: making projects is no way out.");
    private static final Setting<Integer> KEYS_PER_PROJECT = quota(
            "keys-per-project", "100", "API keys of a project that live. One for each tunnel, and some to spare.");
    private static final Setting<Integer> CONNECTORS_PER_PROJECT =
            quota("connectors-per-project", "100", "Devices and headless agents of a project.");

    static final List<Setting<?>> ALL =
            List.of(TUNNELS_PER_PROJECT, TUNNELS_PER_USER, KEYS_PER_PROJECT, CONNECTORS_PER_PROJECT);

    private QuotaOptions() {}

    static QuotaSettings read(LimitOptions.Source given) {
        return new QuotaSettings(
                given.of(TUNNELS_PER_PROJECT),
                given.of(TUNNELS_PER_USER),
                given.of(KEYS_PER_PROJECT),
                given.of(CONNECTORS_PER_PROJECT));
    }

    static QuotaSettings standard() {
        return read(LimitOptions.STANDARD);
    }

    private static Setting<Integer> quota(String name, String standard, String description) {
        return new Setting<>(
                "quota", name, null, standard, "0-1000000000, or off", description, LimitOptions::quotaOrOff);
    }
}
