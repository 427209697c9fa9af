package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /connect-tokens}. An external connector's credential names its own connector and may leave it
 * out.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectTokenRequest(@Nullable String connector) {}
