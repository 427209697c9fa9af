package dev.porthole.server.config;

/**
 * How much a project and a person may have: the section {@code quota}. {@link Integer#MAX_VALUE} is no limit.
 *
 * @param tunnelsPerUser over all projects
 */
public record QuotaSettings(int tunnelsPerProject, int tunnelsPerUser, int keysPerProject, int connectorsPerProject) {
    /** What holds where nothing is set. */
    public static final QuotaSettings DEFAULT = QuotaOptions.standard();
}
