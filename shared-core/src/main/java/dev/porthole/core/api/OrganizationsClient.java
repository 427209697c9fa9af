package dev.porthole.core.api;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a server's REST API that owners of organizations and projects need: who belongs to them, their keys, what
 * they may have. Threads and errors are those of {@link ControlPlaneClient}.
 */
public final class OrganizationsClient {
    private final ControlPlaneClient client;

    OrganizationsClient(ControlPlaneClient client) {
        this.client = client;
    }

    /** Makes an organization, which the caller owns. */
    public Organization createOrganization(String name) throws ProblemException, IOException, InterruptedException {
        return client.call("POST", "/organizations", new Renaming(name), Organization.class);
    }

    public Organization organization(String organization) throws ProblemException, IOException, InterruptedException {
        return client.call("GET", path(organization), null, Organization.class);
    }

    public Organization renameOrganization(String organization, String name)
            throws ProblemException, IOException, InterruptedException {
        return client.call("PATCH", path(organization), new Renaming(name), Organization.class);
    }

    /**
     * Deletes an organization with its projects.
     *
     * @param confirm its name; without it one that has projects is a problem with status 409, which lists them
     */
    public void deleteOrganization(String organization, @Nullable String confirm)
            throws ProblemException, IOException, InterruptedException {
        client.send("DELETE", path(organization) + confirmed(confirm), null, List.of());
    }

    public List<Member> members(String organization) throws ProblemException, IOException, InterruptedException {
        return client.all(path(organization) + "/members", Member.class);
    }

    /** Gives a member another role; the last owner's is a problem with status 409. */
    public Member changeRole(String organization, String user, Role role)
            throws ProblemException, IOException, InterruptedException {
        return client.call("PATCH", member(organization, user), new RoleChange(role), Member.class);
    }

    /** Takes a member out; with their own id, everyone leaves by this. */
    public void removeMember(String organization, String user)
            throws ProblemException, IOException, InterruptedException {
        client.send("DELETE", member(organization, user), null, List.of());
    }

    public List<Invitation> invitations(String organization)
            throws ProblemException, IOException, InterruptedException {
        return client.all(path(organization) + "/invitations", Invitation.class);
    }

    /** Makes a link that lets one person in; it is in this answer and nowhere else. */
    public Invitation invite(String organization, InvitationRequest request)
            throws ProblemException, IOException, InterruptedException {
        return client.call("POST", path(organization) + "/invitations", request, Invitation.class);
    }

    public void withdrawInvitation(String organization, String invitation)
            throws ProblemException, IOException, InterruptedException {
        String path = path(organization) + "/invitations/" + ControlPlaneClient.segment(invitation);
        client.send("DELETE", path, null, List.of());
    }

    /** What a link's secret offers. */
    public InvitationOffer offer(String secret) throws ProblemException, IOException, InterruptedException {
        return client.call("GET", "/invitations/" + ControlPlaneClient.segment(secret), null, InvitationOffer.class);
    }

    /** Lets the caller into the organization of a link's secret; gives it. */
    public Organization accept(String secret) throws ProblemException, IOException, InterruptedException {
        String path = "/invitations/" + ControlPlaneClient.segment(secret) + "/accept";
        return client.call("POST", path, null, Organization.class);
    }

    /**
     * Makes a project.
     *
     * @param organization its owner's id; may be null for who has one organization
     */
    public Project createProject(String name, @Nullable String organization)
            throws ProblemException, IOException, InterruptedException {
        return client.call("POST", "/projects", new ProjectRequest(name, organization), Project.class);
    }

    public Project renameProject(String project, String name)
            throws ProblemException, IOException, InterruptedException {
        return client.call("PATCH", ControlPlaneClient.inProject(project), new Renaming(name), Project.class);
    }

    /**
     * Deletes a project with all that hangs on it.
     *
     * @param confirm its name; without it one that holds something is a problem with status 409, which lists that
     */
    public void deleteProject(String project, @Nullable String confirm)
            throws ProblemException, IOException, InterruptedException {
        client.send("DELETE", ControlPlaneClient.inProject(project) + confirmed(confirm), null, List.of());
    }

    public Quota quota(String project) throws ProblemException, IOException, InterruptedException {
        return client.call("GET", ControlPlaneClient.inProject(project) + "/quota", null, Quota.class);
    }

    /** Takes a tunnel to another project, where it is off at first. */
    public Tunnel moveTunnel(String project, String tunnel, String target)
            throws ProblemException, IOException, InterruptedException {
        String path = ControlPlaneClient.tunnelPath(project, tunnel) + "/move";
        return client.call("POST", path, new TunnelMove(target), Tunnel.class);
    }

    public List<ApiKey> keys(String project) throws ProblemException, IOException, InterruptedException {
        return client.all(keysOf(project), ApiKey.class);
    }

    /** Makes a key; its secret is in this answer and nowhere else. */
    public NewApiKey createKey(String project, ApiKeyRequest request)
            throws ProblemException, IOException, InterruptedException {
        return client.call("POST", keysOf(project), request, NewApiKey.class);
    }

    /** Ends a key and its sessions at once. */
    public void revokeKey(String project, String key) throws ProblemException, IOException, InterruptedException {
        client.send("DELETE", keysOf(project) + "/" + ControlPlaneClient.segment(key), null, List.of());
    }

    /** Puts another key in the place of one; of two who do it at once, one is told so with status 409. */
    public NewApiKey rotateKey(String project, String key) throws ProblemException, IOException, InterruptedException {
        String path = keysOf(project) + "/" + ControlPlaneClient.segment(key) + "/rotate";
        return client.call("POST", path, null, NewApiKey.class);
    }

    private static String keysOf(String project) {
        return ControlPlaneClient.inProject(project) + "/keys";
    }

    private static String path(String organization) {
        return "/organizations/" + ControlPlaneClient.segment(organization);
    }

    private static String member(String organization, String user) {
        return path(organization) + "/members/" + ControlPlaneClient.segment(user);
    }

    private static String confirmed(@Nullable String name) {
        return name == null ? "" : "?confirm=" + ControlPlaneClient.segment(name);
    }
}
