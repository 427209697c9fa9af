package dev.porthole.server.store;

import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Project;
import java.time.Instant;

/** A project's row and its organization. */
public record StoredProject(String id, String name, Organization organization, Instant createdAt) {
    /** What the API says of it. */
    public Project toProject() {
        return new Project(id, name, organization);
    }
}
