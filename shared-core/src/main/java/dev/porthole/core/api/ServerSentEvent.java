package dev.porthole.core.api;

/**
 * One event of a stream (WHATWG HTML, section 9.2).
 *
 * @param type {@code message} unless the stream said otherwise
 * @param lastEventId the last {@code id} that the stream said, of this event or an earlier one; empty before the first
 */
record ServerSentEvent(String type, String data, String lastEventId) {}
