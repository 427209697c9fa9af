package dev.porthole.server.relay;

/**
 * What a connect token gave: the right to open one session.
 *
 * @param connector the connector's id
 * @param project its project's id
 * @param parent the id of the credential that the token came from; ending it ends the session
 */
public record SessionGrant(String connector, String project, String parent) {}
