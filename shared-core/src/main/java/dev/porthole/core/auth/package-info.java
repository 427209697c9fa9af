/**
 * Signing in: AppAuth's parts under AppAuth's names (service configuration, authorization request with PKCE, loopback
 * redirect, token request, auth state), and where tokens are kept. RFC 6749, 7636, 8252, 9207, OpenID Connect Core.
 */
@NullMarked
package dev.porthole.core.auth;

import org.jspecify.annotations.NullMarked;
